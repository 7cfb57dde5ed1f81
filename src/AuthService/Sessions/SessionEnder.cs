using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Sessions;

/// <summary>Ends sessions at once: when the transaction is durable, no token of theirs is good any more.</summary>
/// <remarks>Who deletes rows of sessions ends them here before: memory does not notice that a row has gone.</remarks>
public sealed class SessionEnder
{
    private readonly SessionStates _states;

    internal SessionEnder(SessionStates states) => _states = states;

    /// <returns>False if there is no such live session of this account.</returns>
    public async Task<bool> EndAsync(Work work, AccountId account, SessionId session, SessionEnd because, CancellationToken cancellationToken) =>
        await EndAsync(work, Live(work, account).Where(row => row.Id == session.Value), because, cancellationToken) > 0;

    /// <summary>Ends all live sessions of the account, but for <paramref name="except"/>.</summary>
    /// <returns>How many.</returns>
    public Task<int> EndAllAsync(Work work, AccountId account, SessionEnd because, SessionId? except, CancellationToken cancellationToken) =>
        EndAsync(work, Except(Live(work, account), except), because, cancellationToken);

    /// <summary>Ends the live sessions that are bound to the device.</summary>
    /// <returns>How many.</returns>
    public Task<int> EndOfDeviceAsync(Work work, AccountId account, DeviceId device, CancellationToken cancellationToken) =>
        EndAsync(work, Live(work, account).Where(row => row.DeviceId == device.Value), SessionEnd.DeviceUnbound, cancellationToken);

    /// <summary>Ends the live sessions that a factor of this kind helped to open, but for <paramref name="except"/>.</summary>
    /// <returns>How many.</returns>
    public Task<int> EndOfFactorAsync(Work work, AccountId account, FactorKind kind, SessionId? except, CancellationToken cancellationToken)
    {
        var bit = FactorSet.Of(kind).Bits;
        var opened = Live(work, account).Where(row => (row.Factors & bit) != 0);
        return EndAsync(work, Except(opened, except), SessionEnd.FactorRemoved, cancellationToken);
    }

    /// <summary>Ends a session whose row is at hand.</summary>
    internal void End(Work work, SessionRow row, SessionEnd because)
    {
        row.EndedAt = work.Now;
        row.EndedBecause = because;
        row.NextHash = null;
        row.NextSealed = null;
        _states.Change(work, row, SessionEffect.Ended);
    }

    private static IQueryable<SessionRow> Live(Work work, AccountId account) =>
        work.Rows.Sessions.Where(row => row.AccountId == account.Value && row.EndedAt == null && row.ExpiresAt > work.Now);

    private static IQueryable<SessionRow> Except(IQueryable<SessionRow> rows, SessionId? except)
    {
        var kept = except?.Value;
        return kept is null ? rows : rows.Where(row => row.Id != kept);
    }

    private async Task<int> EndAsync(Work work, IQueryable<SessionRow> sessions, SessionEnd because, CancellationToken cancellationToken)
    {
        var rows = await sessions.ToListAsync(cancellationToken);
        foreach (var row in rows)
            End(work, row, because);
        return rows.Count;
    }
}
