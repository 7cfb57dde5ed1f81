using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;

namespace AuthService.Devices;

/// <summary>"Remember this device": tokens that open the gate, issued after a passed step-up or at a verified sign-up.</summary>
public sealed class DeviceTokens
{
    /// <summary>Issues a token for the device that calls.</summary>
    /// <returns>The token's text, for <c>Session.device_token</c>.</returns>
    public Task<string> IssueAsync(Work work, AccountId account, DeviceId? device, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The live token of this account with this text, or null. Any text is taken.</summary>
    public Task<DeviceTokenRow?> FindAsync(AuthDbContext rows, AccountId account, string text, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Notes that the token was used, and issues its successor.</summary>
    /// <param name="text">What was presented.</param>
    /// <returns>The successor's text; the one presented stays good until the successor is used.</returns>
    public Task<string> RotateAsync(Work work, DeviceTokenRow row, string text, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Erases all tokens that were issued to the device.</summary>
    /// <returns>How many.</returns>
    public Task<int> EraseOfDeviceAsync(Work work, AccountId account, DeviceId device, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Erases all tokens of the account.</summary>
    public Task<int> EraseAllAsync(Work work, AccountId account, CancellationToken cancellationToken) => throw new NotSupportedException();
}
