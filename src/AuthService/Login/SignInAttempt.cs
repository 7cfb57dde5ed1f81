using AuthService.Accounts;
using AuthService.Hosting.Calls;
using AuthService.Risk;
using AuthService.Security.Proofs;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Login;

/// <summary>A login, as far as it has come before its secret is known to be right.</summary>
/// <param name="Account">The account, or a decoy.</param>
/// <param name="Proof">By a device of this account, or null.</param>
/// <param name="DeviceToken">A live token of this account that came with it, or null.</param>
/// <param name="Target">What its failure is counted against.</param>
internal sealed record SignInAttempt(
    FoundAccount Account, LoginRequest Request, Call Call, VerifiedProof? Proof, DeviceTokenRow? DeviceToken, Assessment Assessment, byte[] Target);

/// <summary>What came of the secret.</summary>
/// <param name="Factor">The factor that it showed, or null if it was wrong.</param>
/// <param name="Rehashed">The password under the parameters of now, if the stored hash had older ones.</param>
internal sealed record SecretCheck(FactorKind? Factor, string? Rehashed = null)
{
    public static readonly SecretCheck Wrong = new(Factor: null);
    public static readonly SecretCheck ByPassword = new(FactorKind.Password);
    public static readonly SecretCheck ByDeviceKey = new(FactorKind.DeviceKey);
}
