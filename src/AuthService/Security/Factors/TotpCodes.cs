using System.Security.Cryptography;
using OtpNet;

namespace AuthService.Security.Factors;

/// <summary>Time-based one-time passwords: RFC 6238 with SHA-1, six digits and 30 seconds, which is what authenticator apps know.</summary>
internal static class TotpCodes
{
    /// <summary>160 bits, as RFC 4226 §4 R6 recommends.</summary>
    public const int SecretLength = 20;

    public static byte[] CreateSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    /// <summary>For the authenticator app's camera.</summary>
    /// <param name="account">As it is to be listed in the app.</param>
    public static string Uri(byte[] secret, string account) => new OtpUri(OtpType.Totp, secret, account, "AuthService").ToString();

    /// <summary>The time step that the code belongs to, if it is a code of now, one step back, or one ahead (RFC 6238 §5.2).</summary>
    /// <param name="after">Codes of this step and before were used: each is good once.</param>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now, long after)
    {
        var totp = new Totp(secret);
        return totp.VerifyTotp(now.UtcDateTime, code, out var step, new VerificationWindow(previous: 1, future: 1)) && step > after ? step : null;
    }
}
