using AuthService.Accounts;
using AuthService.Audit;
using AuthService.Devices;
using AuthService.Ecv.Profiles;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Risk;
using AuthService.Security.Proofs;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Login;

/// <summary>Completes a step-up with one of its factors. Only now may the profile learn the surroundings.</summary>
internal sealed class CompleteStepUp(
    AccountDirectory directory,
    StepUpFactors factors,
    Requesters requesters,
    SessionIssuer sessions,
    SessionEnder ender,
    DeviceTokens deviceTokens,
    Profiles profiles,
    LoginMemory memory,
    ConsecutiveFailures failures,
    LoginMetrics metrics,
    Database database,
    AuditTrail audit,
    IOptions<LoginOptions> options)
{
    public async Task<CompleteStepUpResponse> RunAsync(CompleteStepUpRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("step_up_id", request.StepUpId, 128, required: true);
        var presented = PresentedFactor.Parse(fields, request, call);
        fields.ThrowIfAny();

        // 2. whose step-up it is; its row is read again in the transaction
        var accountId = await database.ReadAsync(
            rows => rows.StepUps.Where(row => row.Id == request.StepUpId).Select(row => row.AccountId).SingleOrDefaultAsync(cancellationToken),
            cancellationToken);
        var account = accountId is null ? null : await directory.FindAsync(AccountId.Parse(accountId), cancellationToken);
        if (account is null)
            throw CallErrors.StepUpExpired();

        // 3. one transaction: the try is counted, and stays counted if it fails
        var outcome = await database.WriteAsync(
            work => TryAsync(work, request, presented!, account, call, cancellationToken), cancellationToken);
        metrics.SteppedUpWith(outcome.Session is not null);
        return outcome switch
        {
            { Session: { } session } => new CompleteStepUpResponse { Session = session },
            { Wait: { } wait } => throw CallErrors.TooManyFailures(wait),
            { WrongCode: true } => throw CallErrors.InvalidCode(),
            _ => throw CallErrors.StepUpExpired(),
        };
    }

    private async Task<Outcome> TryAsync(
        Work work, CompleteStepUpRequest request, PresentedFactor presented, FoundAccount account, Call call, CancellationToken cancellationToken)
    {
        var row = await work.Rows.StepUps.SingleOrDefaultAsync(row => row.Id == request.StepUpId, cancellationToken);
        if (row is null || row.ExpiresAt <= work.Now || row.Attempts >= options.Value.StepUpTries)
            return Outcome.Expired;

        // A device that proved itself, at the login or now, and was unbound since, leaves nothing to complete.
        var proven = presented.IsProvenKey(call, row.AccountId, work.Now);
        var deviceId = proven ? call.Proof!.Device.Id : row.DeviceId;
        var device = deviceId is null ? null : await work.Rows.Devices.FindAsync([deviceId], cancellationToken);
        if (deviceId is not null && device is null)
            return Outcome.Expired;

        // Nor does what began with a password that was changed since, or in a session that ended.
        if (!await StillHoldsAsync(work, row, cancellationToken))
            return Outcome.Expired;
        var completion = new Completion(work, row, device, request, presented, account, call);

        // A code that is shown elsewhere than it was asked for is no try of the owner's, and completes nothing.
        if (!requesters.IsSame(call, row.RequesterToken))
        {
            audit.Record(work, completion.Entry(EventType.CodeRejected) with { Reason = ErrorReasons.StepUpExpired });
            return Outcome.Expired;
        }

        // A repeat of the request that completed it runs anew, and ends what the first made (AIP-155, for answers with secrets).
        if (row.CompletedAt is { } lastRun)
        {
            if (!factors.IsRepeat(row, request.RequestId, presented, work.Now) || (presented.Kind == FactorKind.DeviceKey && !proven))
                return Outcome.Expired;
            await deviceTokens.EraseIssuedAtAsync(work, account.Id, lastRun, cancellationToken);
            row.CompletedAt = work.Now;
            return new Outcome(await OpenAsync(completion, cancellationToken));
        }

        // Five tries a step-up, and, over all step-ups of the account, no more in a row than passwords have.
        var target = failures.TargetOf("step-up", account.Id.Value);
        if (await failures.TakeAsync(work, target, cancellationToken) is { Wait: { } wait })
            return new Outcome(Session: null, Wait: wait);
        row.Attempts++;
        if (!await factors.PassAsync(work, row, presented, account.Keys, call, cancellationToken))
        {
            work.AfterCommit(() => memory.FailedAsync(call.Network, account.Subject, call.Proof?.Device.Id));
            audit.Record(work, completion.Entry(EventType.CodeRejected) with { Reason = ErrorReasons.InvalidCode });
            return Outcome.Wrong;
        }

        ConsecutiveFailures.Forgive(work, target);
        factors.MarkCompleted(work, row, request.RequestId, presented);
        work.AfterCommit(() => memory.ClearedAsync(call.Network, account.Id));
        if (row.SessionId is null)
            await TrustAsync(completion, cancellationToken);
        return new Outcome(await OpenAsync(completion, cancellationToken));
    }

    private static async Task<bool> StillHoldsAsync(Work work, StepUpRow row, CancellationToken cancellationToken) =>
        await work.Rows.Accounts.AnyAsync(
            account => account.Id == row.AccountId && account.PasswordChangedAt <= row.CreatedAt, cancellationToken)
        && (row.SessionId is null || await work.Rows.Sessions.AnyAsync(
            session => session.Id == row.SessionId && session.EndedAt == null, cancellationToken));

    /// <summary>What follows from a login that turned out to be the owner's: failures are forgiven, the surroundings learned.</summary>
    private async Task TrustAsync(Completion completion, CancellationToken cancellationToken)
    {
        var (work, row, account) = (completion.Work, completion.Row, completion.Account);
        if (row.AttemptTarget is { } target)
            ConsecutiveFailures.Forgive(work, target);
        if (row.Environment is not { } environment)
            return;

        var device = completion.Device is { } proven && proven.TrustedFrom <= work.Now ? DeviceTag.Of(proven.Id) : (DeviceTag?)null;
        var lesson = new Lesson(VerdictTag.Of(row.VerdictId ?? row.Id), work.Now, LearnedHow.StepUp, device);
        await profiles.LearnKeptAsync(work, account.Keys, environment, lesson, completion.Call.Network, cancellationToken);
    }

    private async Task<Session> OpenAsync(Completion completion, CancellationToken cancellationToken)
    {
        var (work, row) = (completion.Work, completion.Row);
        var session = row.SessionId is { } fresh
            ? await RefreshenAsync(work, SessionId.Parse(fresh), completion.Factor, cancellationToken)
            : await SignInAsync(completion, cancellationToken);
        row.OpenedSessionId = session.SessionId;

        if (completion.Request.RememberDevice)
        {
            var device = completion.Device is { } bound ? DeviceId.Parse(bound.Id) : (DeviceId?)null;
            session.DeviceToken = await deviceTokens.IssueAsync(work, completion.Account.Id, device, cancellationToken);
            audit.Record(work, completion.Entry(EventType.DeviceTokenIssued));
        }

        audit.Record(work, completion.Entry(EventType.StepUpCompleted) with
        {
            Session = SessionId.Parse(session.SessionId),
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["factor"] = completion.Factor.ToString() },
        });
        return session;
    }

    private async Task<Session> SignInAsync(Completion completion, CancellationToken cancellationToken)
    {
        var (work, row, account) = (completion.Work, completion.Row, completion.Account);
        if (row.OpenedSessionId is { } earlier)
            await ender.EndAsync(work, account.Id, SessionId.Parse(earlier), SessionEnd.Superseded, cancellationToken);
        var passed = new FactorSet(row.PassedFactors).With(completion.Factor).Kinds;
        var grant = new SessionGrant(account.Id, completion.Device, passed, RiskLevel.Elevated, completion.Request.RequestId);
        return await sessions.OpenAsync(work, grant, cancellationToken);
    }

    private async Task<Session> RefreshenAsync(Work work, SessionId id, FactorKind factor, CancellationToken cancellationToken)
    {
        var session = await work.Rows.Sessions.SingleAsync(row => row.Id == id.Value, cancellationToken);
        PassedFactor.Note(session, factor, work.Now);
        return await sessions.RenewAsync(work, session, cancellationToken);
    }

    /// <summary>What came of a try: a session, or why there is none.</summary>
    private sealed record Outcome(Session? Session, TimeSpan? Wait = null, bool WrongCode = false)
    {
        public static readonly Outcome Expired = new(Session: null);
        public static readonly Outcome Wrong = new(Session: null, WrongCode: true);
    }

    /// <summary>A step-up, and what came to complete it.</summary>
    /// <param name="Device">The device that proves itself now, or did when the step-up began, or null.</param>
    private sealed record Completion(
        Work Work, StepUpRow Row, DeviceRow? Device, CompleteStepUpRequest Request, PresentedFactor Presented, FoundAccount Account, Call Call)
    {
        public FactorKind Factor => Presented.KindOf(Row);

        public AuditEntry Entry(EventType type) => new(type, Call)
        {
            Account = Account.Id,
            Keys = Account.Keys,
            Device = Device is null ? null : DeviceId.Parse(Device.Id),
            VerdictId = Row.VerdictId,
        };
    }
}
