using System.Globalization;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Sessions;

/// <summary>Ends one session, or all of an account, at the wish of their owner or of an operator.</summary>
internal sealed class RevokeSessions(
    SessionEnder ender, IdempotentRequests requests, AccountKeyStore accountKeys, AuditTrail audit, Database database)
{
    /// <exception cref="Grpc.Core.RpcException">NOT_FOUND: the caller has no such live session.</exception>
    public async Task<RevokeSessionResponse> RevokeAsync(
        RevokeSessionRequest request, SessionId session, Call call, CancellationToken cancellationToken)
    {
        // 1. whose it is; somebody else's is answered as if there were none
        var owner = await OwnerOfAsync(session, cancellationToken);
        if (owner is not { } account || (call.Caller is Caller.User user && user.Account != account))
            throw CallErrors.NotFound("session");

        // 2. ended, once for one request
        var entry = await EntryAsync(account, call, cancellationToken) with { Session = session };
        return await OnceAsync(call, request.RequestId, request, async work =>
        {
            // Thrown in the transaction: what was not done must not be remembered as done.
            if (!await ender.EndAsync(work, account, session, BecauseOf(call), cancellationToken))
                throw CallErrors.NotFound("session");
            audit.Record(work, entry);
            return new RevokeSessionResponse();
        }, cancellationToken);
    }

    /// <param name="except">Stays, or null.</param>
    public async Task<RevokeAllSessionsResponse> RevokeAllAsync(
        RevokeAllSessionsRequest request, AccountId account, SessionId? except, Call call, CancellationToken cancellationToken)
    {
        var entry = await EntryAsync(account, call, cancellationToken);
        return await OnceAsync(call, request.RequestId, request, async work =>
        {
            var ended = await ender.EndAllAsync(work, account, BecauseOf(call), except, cancellationToken);
            audit.Record(work, entry with
            {
                Details = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["sessions_ended"] = ended.ToString(CultureInfo.InvariantCulture),
                },
            });
            return new RevokeAllSessionsResponse { SessionsEnded = ended };
        }, cancellationToken);
    }

    private static SessionEnd BecauseOf(Call call) => call.Caller is Caller.User ? SessionEnd.RevokedByOwner : SessionEnd.RevokedByService;

    private async Task<AccountId?> OwnerOfAsync(SessionId session, CancellationToken cancellationToken)
    {
        var owner = await database.ReadAsync(
            rows => rows.Sessions.Where(row => row.Id == session.Value).Select(row => row.AccountId).SingleOrDefaultAsync(cancellationToken),
            cancellationToken);
        return owner is null ? null : AccountId.Parse(owner);
    }

    private async Task<AuditEntry> EntryAsync(AccountId account, Call call, CancellationToken cancellationToken) =>
        new(EventType.SessionRevoked, call) { Account = account, Keys = await accountKeys.FindAsync(account, cancellationToken) };

    private Task<TResponse> OnceAsync<TResponse>(
        Call call, string requestId, IMessage request, Func<Work, Task<TResponse>> run, CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>, new()
    {
        var caller = call.Caller is Caller.User user ? user.Account.Value : call.CallerName!;
        var identity = new RequestIdentity(caller, call.Rule.Rpc.Value, requestId, request);
        return database.WriteAsync(work => requests.OnceAsync(work, identity, () => run(work), cancellationToken), cancellationToken);
    }
}
