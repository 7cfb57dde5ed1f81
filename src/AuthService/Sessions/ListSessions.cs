using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Sessions;

/// <summary>The live sessions of an account, the newest first: ids begin with the time, so they sort by it.</summary>
internal sealed class ListSessions(PageTokens pages, AccountKeyStore accountKeys, AuditTrail audit, Database database)
{
    public async Task<ListSessionsResponse> RunAsync(
        ListSessionsRequest request, AccountId account, Call call, CancellationToken cancellationToken)
    {
        var page = pages.Parse(call, request.PageSize, request.PageToken, filter: account.Value);
        var now = database.Now();
        var found = await database.ReadAsync(
            rows => rows.Sessions
                .Where(row => row.AccountId == account.Value && row.EndedAt == null && row.ExpiresAt > now)
                .Where(row => page.After == "" || row.Id.CompareTo(page.After) < 0)
                .OrderByDescending(row => row.Id)
                .Take(page.Size + 1)
                .ToListAsync(cancellationToken),
            cancellationToken);

        if (call.Caller is Caller.Service)
            await RecordLookAsync(account, call, cancellationToken);

        var current = (call.Caller as Caller.User)?.Session.Value;
        return new ListSessionsResponse
        {
            Sessions = { found.Take(page.Size).Select(row => Summary(row, now, row.Id == current)) },
            NextPageToken = found.Count > page.Size ? pages.Next(call, found[page.Size - 1].Id, filter: account.Value) : "",
        };
    }

    /// <summary>What an owner does is his own affair; that somebody else looked is not.</summary>
    private async Task RecordLookAsync(AccountId account, Call call, CancellationToken cancellationToken)
    {
        var keys = await accountKeys.FindAsync(account, cancellationToken);
        await database.WriteAsync(
            work =>
            {
                audit.Record(work, new AuditEntry(EventType.AccountLookedUp, call) { Account = account, Keys = keys });
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    private static SessionSummary Summary(SessionRow row, DateTimeOffset now, bool isCurrent)
    {
        var state = SessionState.Of(row);
        return new SessionSummary
        {
            SessionId = row.Id,
            DeviceId = row.DeviceId ?? "",
            CreateTime = row.CreatedAt.ToTimestamp(),
            LastRefreshTime = row.RefreshedAt.ToTimestamp(),
            ExpireTime = row.ExpiresAt.ToTimestamp(),
            Amr = { state.Methods },
            Aal = Assurance.LevelAt(state.Aal2Until, now),
            Current = isCurrent,
        };
    }
}
