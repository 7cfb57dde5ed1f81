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
        var presented = PresentedFactor.Parse(fields, request);
        fields.ThrowIfAny();

        // 2. whose step-up it is; its row is read again in the transaction
        var accountId = await database.ReadAsync(
            rows => rows.StepUps.Where(row => row.Id == request.StepUpId).Select(row => row.AccountId).SingleOrDefaultAsync(cancellationToken),
            cancellationToken);
        var account = accountId is null ? null : await directory.FindAsync(AccountId.Parse(accountId), cancellationToken);
        if (account is null)
            throw CallErrors.StepUpExpired();

        // 3. one transaction: the try is counted, and stays counted if it fails
        var (session, refusal) = await database.WriteAsync(
            work => TryAsync(work, request, presented!, account, call, cancellationToken), cancellationToken);
        metrics.SteppedUpWith(session is not null);
        return new CompleteStepUpResponse { Session = session ?? throw (refusal == ErrorReasons.InvalidCode ? CallErrors.InvalidCode() : CallErrors.StepUpExpired()) };
    }

    private async Task<(Session? Session, string? Refusal)> TryAsync(
        Work work, CompleteStepUpRequest request, PresentedFactor presented, FoundAccount account, Call call, CancellationToken cancellationToken)
    {
        var row = await work.Rows.StepUps.SingleOrDefaultAsync(row => row.Id == request.StepUpId, cancellationToken);
        if (row is null || row.ExpiresAt <= work.Now || row.Attempts >= options.Value.StepUpTries)
            return (null, ErrorReasons.StepUpExpired);

        // A repeat of the request that completed it runs anew, and ends what the first made (AIP-155, for answers with secrets).
        if (row.CompletedAt is not null)
        {
            if (!factors.IsRepeat(row, request.RequestId, presented, work.Now))
                return (null, ErrorReasons.StepUpExpired);
            return (await CompleteAsync(work, row, request, presented.Kind, account, call, learn: false, cancellationToken), null);
        }

        row.Attempts++;
        if (!requesters.IsSame(call, row.RequesterToken) || !await factors.PassAsync(work, row, presented, account.Keys, cancellationToken))
        {
            audit.Record(work, Entry(EventType.CodeRejected, account, call) with { VerdictId = row.VerdictId, Reason = ErrorReasons.InvalidCode });
            return (null, ErrorReasons.InvalidCode);
        }

        row.CompletedAt = work.Now;
        row.CompletedByRequestId = request.RequestId;
        row.CompletedFactorHash = factors.HashOf(row, presented);
        return (await CompleteAsync(work, row, request, presented.KindOf(row), account, call, learn: true, cancellationToken), null);
    }

    private async Task<Session> CompleteAsync(
        Work work, StepUpRow row, CompleteStepUpRequest request, FactorKind factor, FoundAccount account, Call call, bool learn, CancellationToken cancellationToken)
    {
        var session = row.SessionId is { } fresh
            ? await RefreshenAsync(work, SessionId.Parse(fresh), factor, cancellationToken)
            : await SignInAsync(work, row, request, factor, account, call, cancellationToken);
        row.OpenedSessionId = session.SessionId;

        if (learn && row.SessionId is null)
        {
            await ConsecutiveFailures.ForgiveAsync(work, failures.TargetOf("account", account.Id.Value), cancellationToken);
            if (row.Environment is { } environment)
            {
                var device = call.Proof is { Device: var proven } && proven.TrustedFrom <= work.Now ? DeviceTag.Of(proven.Id) : (DeviceTag?)null;
                var lesson = new Lesson(VerdictTag.Of(row.VerdictId ?? row.Id), work.Now, LearnedHow.StepUp, device);
                await profiles.LearnKeptAsync(work, account.Keys, environment, lesson, call.Network, cancellationToken);
            }
        }

        if (request.RememberDevice)
        {
            session.DeviceToken = await deviceTokens.IssueAsync(
                work, account.Id, row.DeviceId is { } device ? DeviceId.Parse(device) : null, cancellationToken);
            audit.Record(work, Entry(EventType.DeviceTokenIssued, account, call));
        }

        audit.Record(work, Entry(EventType.StepUpCompleted, account, call) with
        {
            Session = SessionId.Parse(session.SessionId),
            VerdictId = row.VerdictId,
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["factor"] = factor.ToString() },
        });
        return session;
    }

    private async Task<Session> SignInAsync(
        Work work, StepUpRow row, CompleteStepUpRequest request, FactorKind factor, FoundAccount account, Call call, CancellationToken cancellationToken)
    {
        if (row.OpenedSessionId is { } earlier)
            await ender.EndAsync(work, account.Id, SessionId.Parse(earlier), SessionEnd.Superseded, cancellationToken);
        var device = row.DeviceId is { } id ? await work.Rows.Devices.FindAsync([id], cancellationToken) : null;
        var passed = new FactorSet(row.PassedFactors).With(factor).Kinds;
        return await sessions.OpenAsync(
            work, new SessionGrant(account.Id, device, passed, RiskLevel.Elevated, request.RequestId), cancellationToken);
    }

    private async Task<Session> RefreshenAsync(Work work, SessionId id, FactorKind factor, CancellationToken cancellationToken)
    {
        var session = await work.Rows.Sessions.FindAsync([id.Value], cancellationToken);
        if (session is null || session.EndedAt is not null)
            throw CallErrors.SessionNotGood(ErrorReasons.SessionRevoked);
        PassedFactor.Note(session, factor, work.Now);
        return await sessions.RenewAsync(work, session, cancellationToken);
    }

    private static AuditEntry Entry(EventType type, FoundAccount account, Call call) =>
        new(type, call) { Account = account.Id, Keys = account.Keys, Device = call.Proof is { Device.Id: var id } ? DeviceId.Parse(id) : null };
}
