using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>Notes a factor that was passed within a session that is open already.</summary>
public static class PassedFactor
{
    /// <summary>
    /// Adds the factor to the row. It lifts the session to aal2 if two factors have been passed and this is the one held, or the
    /// password on a session whose every call the device key proves (a key on probation counts as no factor). The password alone,
    /// again, does not bring back an aal2 that lapsed: it would be one factor with a token that may be stolen.
    /// </summary>
    /// <remarks>The new level comes into effect with <see cref="SessionIssuer.RenewAsync"/>.</remarks>
    public static void Note(SessionRow session, FactorKind kind, DateTimeOffset now)
    {
        var before = new FactorSet(session.Factors);
        var after = before.With(kind);
        session.Factors = after.Bits;
        session.FactorAt = now;
        if (Assurance.Guards.Has(kind))
            session.VouchedAt = now;

        var keyProvesEachCall = session.DeviceId is not null && before.Has(FactorKind.DeviceKey);
        var lifts = kind != FactorKind.Password || keyProvesEachCall || !Assurance.AreTwoFactors(before);
        if (Assurance.AreTwoFactors(after) && kind != FactorKind.EmailCode && lifts)
            session.SecondFactorAt = now;
    }
}
