using AuthService.Protocol;
using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>How far the factors of a session carry, and for how long: NIST SP 800-63B-4 §2.</summary>
/// <remarks>
/// The surroundings never raise a level. Level 3 is not reached: it asks for a key that cannot be exported, and no attestation is
/// verified yet.
/// </remarks>
internal static class Assurance
{
    /// <summary>§2.2.3: a session at aal2 lasts 24 hours at most after its second factor ...</summary>
    public static readonly TimeSpan Aal2Lifetime = TimeSpan.FromHours(24);

    /// <summary>... and one hour without activity. Each refresh counts as activity; an active client makes one every 5 minutes.</summary>
    public static readonly TimeSpan Aal2Idle = TimeSpan.FromHours(1);

    /// <summary>
    /// Things held, which together with the password (a thing known) make two factors. E-mail is none of them (§3.1.3.1: it proves
    /// no possession of a device), and two things held are one kind of factor.
    /// </summary>
    private static readonly FactorSet Held =
        FactorSet.Of(FactorKind.Totp, FactorKind.RecoveryCode, FactorKind.SmsCode, FactorKind.DeviceKey);

    /// <summary>
    /// What may vouch for something new of the account (<c>Security/Trust</c>): things held but the telephone, whose number an operator
    /// hands to whoever asks well enough (§3.1.3.3: SIM change).
    /// </summary>
    public static readonly FactorSet Guards = FactorSet.Of(FactorKind.Totp, FactorKind.RecoveryCode, FactorKind.DeviceKey);

    public static bool AreTwoFactors(FactorSet factors) => factors.Has(FactorKind.Password) && factors.HasAnyOf(Held);

    /// <summary>Until when the session is at aal2, or null if it is not.</summary>
    /// <param name="factors">All that were passed in the session.</param>
    /// <param name="secondFactorAt">When the one that lifted it was passed, or null if that lapsed before.</param>
    /// <param name="refreshedAt">Its last activity.</param>
    public static DateTimeOffset? Aal2Until(FactorSet factors, DateTimeOffset? secondFactorAt, DateTimeOffset refreshedAt)
    {
        if (!AreTwoFactors(factors) || secondFactorAt is not { } passedAt)
            return null;

        var (overall, idle) = (passedAt + Aal2Lifetime, refreshedAt + Aal2Idle);
        return overall < idle ? overall : idle;
    }

    public static string LevelAt(DateTimeOffset? aal2Until, DateTimeOffset now) =>
        now < aal2Until ? AssuranceLevels.Aal2 : AssuranceLevels.Aal1;
}
