using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>Opens sessions, and gives new tokens to open ones.</summary>
public sealed class SessionIssuer
{
    /// <summary>Opens a session, in the transaction of whatever entitles to it.</summary>
    public Task<Session> OpenAsync(Work work, SessionGrant grant, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>
    /// Gives an open session new tokens, and ends the old ones at once: after it was bound to a device key, or a factor was passed.
    /// The row's own changes (device, factors, <see cref="SessionRow.FactorAt"/>) are the caller's.
    /// </summary>
    public Task<Session> RenewAsync(Work work, SessionRow session, CancellationToken cancellationToken) => throw new NotSupportedException();
}
