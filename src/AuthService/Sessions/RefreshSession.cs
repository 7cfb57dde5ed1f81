using AuthService.Audit;
using AuthService.Ecv.Signals;
using AuthService.Hosting.Calls;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.Risk;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Decision = AuthService.Ecv.Risk.Decision;

namespace AuthService.Sessions;

/// <summary>A refresh token, as its holder presents it.</summary>
/// <param name="Token">Any text.</param>
/// <param name="Environment">The surroundings; empty if the caller brings none.</param>
internal sealed record PresentedRefresh(string Token, CanonicalSignals Environment, Call Call);

/// <summary>The session with its new tokens, or the reason why there are none.</summary>
internal readonly record struct RefreshResult(Session? Session, string? Refusal)
{
    public static implicit operator RefreshResult(string refusal) => new(null, refusal);

    public static implicit operator RefreshResult(Session session) => new(session, null);
}

/// <summary>Exchanges a refresh token for its successor (design §6).</summary>
internal sealed class RefreshSession(
    RefreshTokens tokens,
    SessionIssuer issuer,
    SessionEnder ender,
    SessionStates states,
    AccountKeyStore accountKeys,
    RefreshRisk risk,
    LoginMemory memory,
    OwnerNotices notices,
    AuditTrail audit,
    CountedEvents countedEvents,
    SessionMetrics metrics,
    Database database)
{
    public async Task<RefreshResult> RunAsync(PresentedRefresh presented, CancellationToken cancellationToken)
    {
        var result = await ExchangeAsync(presented, cancellationToken);
        metrics.Refreshed(result.Refusal ?? SessionMetrics.Good);
        return result;
    }

    private async Task<RefreshResult> ExchangeAsync(PresentedRefresh presented, CancellationToken cancellationToken)
    {
        // 1. the token: one that this service never made costs no read, and changes nothing
        if (tokens.Recognise(presented.Token) is not { } token)
            return Counted(presented.Call, ErrorReasons.SessionUnknown);

        // 2. its account, for as long as that is not erased
        if (await accountKeys.FindAsync(token.Account, cancellationToken) is not { } keys)
            return Counted(presented.Call, ErrorReasons.SessionUnknown);

        // 3. its surroundings, judged before anything is written
        var assessment = await risk.AssessAsync(presented, keys, cancellationToken);

        var wasRefused = assessment is null
            && await memory.IsRefreshRefusedAsync(presented.Call.Network, token.Account, token.Session, cancellationToken);

        var moved = await database.WriteLockedAsync(
            work => MoveAsync(work, token, keys, presented.Call, assessment, wasRefused, cancellationToken), cancellationToken);
        return moved is { Row: { } row, Successor: { } successor }
            ? issuer.Tell(row, row.DeviceId is null ? null : presented.Call.Proof!.Device, successor, database.Now())
            : moved.Refusal!;
    }

    private async Task<Moved> MoveAsync(
        Work work, RefreshToken token, AccountKeys keys, Call call, Assessment? assessment, bool wasRefused, CancellationToken cancellationToken)
    {
        // 4. its session, still open
        var row = await work.LockSessionAsync(token.Session, cancellationToken);
        if (row is null)
            return Moved.Refused(Counted(call, ErrorReasons.SessionUnknown));
        if (row.EndedAt is not null)
            return Moved.Refused(Counted(call, ErrorReasons.SessionRevoked));
        if (row.ExpiresAt <= work.Now)
            return Moved.Refused(Counted(call, ErrorReasons.SessionExpired));

        // 5. the device key, if the session is bound to one: without it not even an old token can do harm
        var proven = row.DeviceId is not null && call.Proof?.Device.Id == row.DeviceId;
        if (row.DeviceId is not null && !proven)
            return Moved.Refused(Counted(call, ErrorReasons.ProofRequired));

        // 6. what its arrival means
        var entry = new AuditEntry(EventType.SessionRefreshed, call)
        {
            Account = token.Account,
            Keys = keys,
            Session = token.Session,
            Device = row.DeviceId is { } bound ? DeviceId.Parse(bound) : null,
            VerdictId = assessment?.VerdictId,
            Verdict = assessment?.Record,
        };
        switch (RefreshFamily.Judge(row, token, proven, work.Now))
        {
            case RefreshMove.Exchange or RefreshMove.Repeat when assessment is { Acted: not Decision.Allow }:
                work.AfterCommit(() => memory.RefusedRefreshAsync(call.Network, token.Account, token.Session, assessment.Verdict));
                audit.Record(work, entry with { Type = EventType.AccessDenied, Reason = ErrorReasons.SessionStepUpRequired });
                return Moved.Refused(ErrorReasons.SessionStepUpRequired);

            // The same session, its surroundings left out this time.
            case RefreshMove.Exchange or RefreshMove.Repeat when wasRefused:
                return Moved.Refused(Counted(call, ErrorReasons.SessionStepUpRequired));

            case RefreshMove.Exchange:
                audit.Record(work, entry);
                return new Moved(row, Exchange(work, row, token, assessment), null);

            case RefreshMove.Repeat when tokens.Recognise(RefreshFamily.Successor(row, token)) is { } successor:
                audit.Record(work, entry with { Details = Detail("repeat") });
                return new Moved(row, successor, null);

            case RefreshMove.Late:
                audit.Record(work, entry with { Type = EventType.RefreshLate, Reason = ErrorReasons.SessionExpired });
                return Moved.Refused(ErrorReasons.SessionExpired);

            case RefreshMove.Replaced:
                audit.Record(work, entry with { Type = EventType.RefreshLate, Reason = ErrorReasons.SessionRevoked, Details = Detail("replaced") });
                return Moved.Refused(ErrorReasons.SessionRevoked);

            case RefreshMove.Reuse:
                ender.End(work, row, SessionEnd.RefreshReused);
                work.Write(statements => statements.UpdateSession, row);
                audit.Record(work, entry with { Type = EventType.RefreshReused, Reason = ErrorReasons.SessionReused });
                await TellOwnerAsync(work, keys, cancellationToken);
                return Moved.Refused(ErrorReasons.SessionReused);

            // Not known to the row, or with a successor whose key the keyring has lost.
            default:
                return Moved.Refused(Counted(call, ErrorReasons.SessionUnknown));
        }
    }

    private RefreshToken Exchange(Work work, SessionRow row, RefreshToken presented, Assessment? assessment)
    {
        var successor = tokens.Create(presented.Account, presented.Session, presented.Generation + 1);
        RefreshFamily.Exchange(row, presented, successor, work.Now);

        // An aal2 that has run out stays run out: coming back must not count as never having been away.
        if (!(work.Now < Assurance.Aal2Until(new FactorSet(row.Factors), row.SecondFactorAt, row.RefreshedAt)))
            row.SecondFactorAt = null;
        row.RefreshedAt = work.Now;

        // Judged anew, and allowed without a step-up.
        if (assessment is { IsAllowed: true })
            row.Risk = (int)RiskLevel.Low;
        work.Write(statements => statements.UpdateSession, row);
        states.Correct(work, row);
        return successor;
    }

    private async Task TellOwnerAsync(Work work, AccountKeys keys, CancellationToken cancellationToken)
    {
        if (await work.Rows.Accounts.FindAsync([keys.Account.Value], cancellationToken) is { } account)
            notices.Notify(work, account, keys, MessageTemplate.SessionReused);
    }

    /// <summary>For refusals that change nothing and that anybody can cause at will.</summary>
    private string Counted(Call call, string reason)
    {
        countedEvents.Note(EventType.AccessDenied, call, reason);
        return reason;
    }

    private static Dictionary<string, string> Detail(string how) => new(StringComparer.Ordinal) { ["how"] = how };

    /// <summary>What the transaction came to: the session and the successor, or the reason of the refusal.</summary>
    private readonly record struct Moved(SessionRow? Row, RefreshToken? Successor, string? Refusal)
    {
        public static Moved Refused(string reason) => new(null, null, reason);
    }
}
