using AuthService.Security;
using AuthService.Security.Passwords;
using AuthService.V1;

namespace AuthService.Accounts;

/// <summary>A recovery whose code was right, before its second factor was looked at.</summary>
/// <param name="Chosen">The new password, accepted and hashed.</param>
/// <param name="HasSecondFactor">Whether the account has a second factor.</param>
/// <param name="ByDevice">Whether a trusted device of the account signed this call: that is a second factor too.</param>
internal sealed record RecoveryAttempt(
    CompleteRecoveryRequest Request, Secret<string> Code, FoundAccount Account, NewPassword Chosen, bool HasSecondFactor, bool ByDevice)
{
    /// <summary>Whether the one in the request has to pass.</summary>
    public bool NeedsFactor => HasSecondFactor && !ByDevice;

    /// <summary>For the audit log.</summary>
    public string SecondFactorName => (ByDevice, HasSecondFactor) switch
    {
        (true, _) => "device_key",
        (_, true) => Request.SecondFactorCase.ToString(),
        _ => "none",
    };
}
