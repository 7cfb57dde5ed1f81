namespace AuthService.Protocol;

/// <summary>How a person authenticated: the values of <c>amr</c> that this service gives (RFC 8176 §2).</summary>
public static class AuthenticationMethods
{
    /// <summary>Password.</summary>
    public const string Password = "pwd";

    /// <summary>One-time password: TOTP, an e-mail code, a recovery code.</summary>
    public const string OneTimePassword = "otp";

    /// <summary>A code sent by SMS.</summary>
    public const string Sms = "sms";

    /// <summary>Proof of possession of a key that a verified attestation places in hardware.</summary>
    public const string HardwareKey = "hwk";

    /// <summary>Proof of possession of a key that may be software.</summary>
    public const string SoftwareKey = "swk";

    /// <summary>More than one factor, named beside it.</summary>
    public const string MultipleFactors = "mfa";

    /// <summary>The surroundings were judged too.</summary>
    public const string RiskBased = "rba";
}
