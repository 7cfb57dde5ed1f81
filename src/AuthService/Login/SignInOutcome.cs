using AuthService.Accounts;
using AuthService.Audit;
using AuthService.Devices;
using AuthService.Ecv.Profiles;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Risk;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Hot;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Decision = AuthService.Ecv.Risk.Decision;

namespace AuthService.Login;

/// <summary>What follows from a login whose secret was looked at: refused, stepped up, or signed in.</summary>
internal sealed class SignInOutcome(
    SessionIssuer sessions,
    DeviceTokens deviceTokens,
    Profiles profiles,
    StepUps stepUps,
    LoginMemory memory,
    OwnerNotices notices,
    RateLimits limits,
    LoginMetrics metrics,
    Database database,
    AuditTrail audit)
{
    public async Task<LoginResponse> ConcludeAsync(SignInAttempt attempt, SecretCheck secret, CancellationToken cancellationToken)
    {
        // Once, however often the transaction has to run; not more often than contacts may be written to, since who has the password could
        // otherwise flood its owner.
        var tells = secret.Factor is not null && attempt.Assessment.Acted != Decision.Allow
            && await limits.TakeAsync(LimitName.Messages, $"notice/{attempt.Account.Id}", cancellationToken) is null;
        var response = await database.WriteAsync(
            async work => (secret.Factor, attempt.Assessment.Acted) switch
            {
                (null, _) => Refuse(work, attempt, EventType.LoginFailed),
                (_, Decision.Deny) => Deny(work, attempt, tells),

                // What was true when the secret was compared may have ended while it waited for its hash.
                _ when !await StillHoldsAsync(work, attempt, cancellationToken) => Refuse(work, attempt, EventType.LoginFailed),
                (_, Decision.Allow) => await AllowAsync(work, attempt, secret, cancellationToken),
                _ => await StepUpAsync(work, attempt, secret, tells, cancellationToken),
            },
            cancellationToken);

        metrics.SignedIn(response.OutcomeCase switch
        {
            LoginResponse.OutcomeOneofCase.Session => LoginMetrics.Allowed,
            LoginResponse.OutcomeOneofCase.StepUp => LoginMetrics.SteppedUp,
            _ when secret.Factor is null => LoginMetrics.Failed,
            _ => LoginMetrics.Denied,
        });
        return response.OutcomeCase == LoginResponse.OutcomeOneofCase.None ? throw CallErrors.InvalidCredentials() : response;
    }

    /// <summary>The last try before strangers are held: the owner learns of it. A decoy has no owner, but the same work.</summary>
    public void Hold(Work work, FoundAccount account, Call call)
    {
        audit.Record(work, Entry(EventType.AccountHeld, account, call));
        notices.Notify(work, account.Row, account.Keys, MessageTemplate.AccountHeld);
    }

    /// <summary>An empty answer: whatever was wrong, the caller learns only that something was.</summary>
    private LoginResponse Refuse(Work work, SignInAttempt attempt, EventType @event)
    {
        if (@event == EventType.LoginFailed)
            work.AfterCommit(() => memory.FailedAsync(attempt.Call.Network, attempt.Account.Subject, attempt.Proof?.Device.Id));
        audit.Record(work, Entry(@event, attempt) with { Reason = ErrorReasons.InvalidCredentials });
        return new LoginResponse();
    }

    private LoginResponse Deny(Work work, SignInAttempt attempt, bool tells)
    {
        if (tells)
            Tell(work, attempt, MessageTemplate.LoginRefused);
        Doubt(work, attempt);
        return Refuse(work, attempt, EventType.LoginDenied);
    }

    /// <summary>Whether password, device key and device token are still those that the login was judged by.</summary>
    private static Task<bool> StillHoldsAsync(Work work, SignInAttempt attempt, CancellationToken cancellationToken) => work.FindsAsync(
        statements => statements.FindGround,
        new LoginGround(
            attempt.Account.Row.Id, attempt.Account.Row.PasswordChangedAt, attempt.Proof?.Device.Id, attempt.DeviceToken?.Id),
        cancellationToken);

    private async Task<LoginResponse> StepUpAsync(
        Work work, SignInAttempt attempt, SecretCheck secret, bool tells, CancellationToken cancellationToken)
    {
        // The answer tells that the password is right, so the number taken stays taken until the step-up is passed.
        if (tells)
            Tell(work, attempt, MessageTemplate.StepUpRequired);
        Doubt(work, attempt);
        await RehashAsync(work, attempt, secret, cancellationToken);
        var stepUp = await stepUps.BeginLoginAsync(work, attempt, FactorSet.Of(Passed(work, attempt, secret)), cancellationToken);
        audit.Record(work, Entry(EventType.StepUpRequired, attempt));
        return new LoginResponse { StepUp = stepUp };
    }

    private async Task<LoginResponse> AllowAsync(Work work, SignInAttempt attempt, SecretCheck secret, CancellationToken cancellationToken)
    {
        var (account, call) = (attempt.Account, attempt.Call);
        ConsecutiveFailures.Forgive(work, attempt.Target);
        await RehashAsync(work, attempt, secret, cancellationToken);

        var session = await sessions.OpenAsync(
            work,
            new SessionGrant(account.Id, attempt.Proof?.Device, Passed(work, attempt, secret), RiskLevel.Low, attempt.Request.RequestId),
            cancellationToken);
        if (attempt.DeviceToken is { } token)
            session.DeviceToken = await deviceTokens.RotateAsync(work, token, attempt.Request.DeviceToken, cancellationToken);

        // Allowed surroundings are learned, not those let in because the policy only monitors; a login whose proof is on probation teaches nothing in the device's name.
        var device = attempt.Proof is { } proof && proof.IsTrustedAt(work.Now) ? DeviceTag.Of(proof.Device.Id) : (DeviceTag?)null;
        var lesson = new Lesson(
            VerdictTag.Of(attempt.Assessment.VerdictId), work.Now, device is null ? LearnedHow.Allow : LearnedHow.Proof, device);
        if (attempt.Assessment.IsAllowed)
            await profiles.LearnAsync(work, account.Keys, attempt.Assessment.Surroundings, lesson, call.Network, cancellationToken);

        audit.Record(work, Entry(EventType.LoginSucceeded, attempt) with { Session = Storage.Ids.SessionId.Parse(session.SessionId) });
        return new LoginResponse { Session = session };
    }

    /// <summary>The password was right: what raised doubt counts for half an hour, also if the next try leaves it out.</summary>
    private void Doubt(Work work, SignInAttempt attempt) => work.AfterCommit(
        () => memory.DoubtedAsync(attempt.Call.Network, attempt.Account.Id, attempt.Assessment.Verdict));

    /// <summary>A key on probation is no factor yet.</summary>
    private static IReadOnlyList<FactorKind> Passed(Work work, SignInAttempt attempt, SecretCheck secret) =>
        attempt.Proof?.IsTrustedAt(work.Now) is true && secret.Factor != FactorKind.DeviceKey
            ? [secret.Factor!.Value, FactorKind.DeviceKey]
            : [secret.Factor!.Value];

    private async Task RehashAsync(Work work, SignInAttempt attempt, SecretCheck secret, CancellationToken cancellationToken)
    {
        // Only if nobody changed the password meanwhile.
        var (account, hash) = (attempt.Account.Id.Value, attempt.Account.Row.PasswordHash);
        if (secret.Rehashed is not { } rehashed)
            return;
        var changed = await work.Rows.Accounts
            .Where(row => row.Id == account && row.PasswordHash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, rehashed), cancellationToken);
        if (changed > 0)
            audit.Record(work, Entry(EventType.PasswordRehashed, attempt.Account, attempt.Call));
    }

    private void Tell(Work work, SignInAttempt attempt, MessageTemplate template) =>
        notices.Notify(work, attempt.Account.Row, attempt.Account.Keys, template, attempt.Assessment.VerdictId);

    private static AuditEntry Entry(EventType type, SignInAttempt attempt) => Entry(type, attempt.Account, attempt.Call) with
    {
        Device = attempt.Proof is { Device.Id: var device } ? Storage.Ids.DeviceId.Parse(device) : null,
        VerdictId = attempt.Assessment.VerdictId,
        Verdict = attempt.Assessment.Record,
    };

    private static AuditEntry Entry(EventType type, FoundAccount account, Call call) => new(type, call) { Account = account.Id, Keys = account.Keys };
}
