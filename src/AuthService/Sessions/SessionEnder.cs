using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;

namespace AuthService.Sessions;

/// <summary>Ends sessions at once: when the transaction is durable, no token of theirs is good any more.</summary>
public sealed class SessionEnder
{
    /// <returns>False if there is no such live session of this account.</returns>
    public Task<bool> EndAsync(Work work, AccountId account, SessionId session, SessionEnd because, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Ends all live sessions of the account, but for <paramref name="except"/>.</summary>
    /// <returns>How many.</returns>
    public Task<int> EndAllAsync(Work work, AccountId account, SessionEnd because, SessionId? except, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Ends the live sessions that are bound to the device.</summary>
    public Task<int> EndOfDeviceAsync(Work work, AccountId account, DeviceId device, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Ends the live sessions that a factor of this kind helped to open, but for <paramref name="except"/>.</summary>
    public Task<int> EndOfFactorAsync(Work work, AccountId account, V1.FactorKind kind, SessionId? except, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
