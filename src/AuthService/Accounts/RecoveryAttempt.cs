using AuthService.Security;
using AuthService.Security.Passwords;
using AuthService.V1;

namespace AuthService.Accounts;

/// <summary>A recovery whose code was right, before its second factor was looked at.</summary>
/// <param name="Chosen">The new password, accepted and hashed.</param>
/// <param name="HasSecondFactor">Whether the account has a second factor.</param>
/// <param name="ByDevice">Whether a trusted device of the account signed this call: that is a second factor too.</param>
/// <remarks>A second factor vouches for the new password; where there are guards and none is shown, it waits (<c>Security/Trust</c>).</remarks>
internal sealed record RecoveryAttempt(
    CompleteRecoveryRequest Request, Secret<string> Code, FoundAccount Account, NewPassword Chosen, bool HasSecondFactor, bool ByDevice)
{
    /// <summary>Whether the one in the request has to pass.</summary>
    public bool NeedsFactor => HasSecondFactor && !ByDevice && Request.SecondFactorCase != CompleteRecoveryRequest.SecondFactorOneofCase.None;

    /// <summary>Once that one has passed: whether something beside the contact was shown.</summary>
    public bool IsCountersigned => ByDevice || NeedsFactor;

    /// <summary>For the audit log.</summary>
    public string SecondFactorName => this switch
    {
        _ when ByDevice => "device_key",
        _ when NeedsFactor => Request.SecondFactorCase.ToString(),
        _ => "none",
    };
}
