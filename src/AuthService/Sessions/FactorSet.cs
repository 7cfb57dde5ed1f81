using AuthService.Protocol;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>Kinds of factors: bit n is <see cref="FactorKind"/> n, as in <see cref="SessionRow.Factors"/>.</summary>
internal readonly record struct FactorSet(int Bits)
{
    public static FactorSet Of(params IEnumerable<FactorKind> kinds) => new(kinds.Aggregate(0, (bits, kind) => bits | BitOf(kind)));

    /// <summary>The kinds in it, in the order of their numbers.</summary>
    public IReadOnlyList<FactorKind> Kinds => [.. Enum.GetValues<FactorKind>().Where(Has)];

    public bool Has(FactorKind kind) => (Bits & BitOf(kind)) != 0;

    public bool HasAnyOf(FactorSet others) => (Bits & others.Bits) != 0;

    public FactorSet With(FactorKind kind) => new(Bits | BitOf(kind));

    /// <summary>The values of <c>amr</c> (RFC 8176): how the person authenticated in this session, whenever that was.</summary>
    /// <param name="judged">Whether the surroundings were judged too.</param>
    public IReadOnlyList<string> Methods(bool judged)
    {
        var methods = new List<string>(5);
        if (Has(FactorKind.Password))
            methods.Add(AuthenticationMethods.Password);
        if (HasAnyOf(Of(FactorKind.Totp, FactorKind.EmailCode, FactorKind.RecoveryCode)))
            methods.Add(AuthenticationMethods.OneTimePassword);
        if (Has(FactorKind.SmsCode))
            methods.Add(AuthenticationMethods.Sms);

        // Not "hwk": where the key lies is only the client's word, for as long as no attestation is verified.
        if (Has(FactorKind.DeviceKey))
            methods.Add(AuthenticationMethods.SoftwareKey);
        if (Assurance.AreTwoFactors(this))
            methods.Add(AuthenticationMethods.MultipleFactors);
        if (judged)
            methods.Add(AuthenticationMethods.RiskBased);
        return methods;
    }

    private static int BitOf(FactorKind kind) => 1 << (int)kind;
}
