using System.Globalization;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Security;
using AuthService.Security.Factors;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Security.Trust;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using SecondFactorCase = AuthService.V1.CompleteRecoveryRequest.SecondFactorOneofCase;

namespace AuthService.Accounts;

/// <summary>
/// Sets a new password with the code that was sent, and with a second factor or device where the account has one; or without, but then
/// it waits. Nothing that depends on the account is answered, or takes its time, before the code was right.
/// </summary>
internal sealed class CompleteRecovery(
    AccountKeyStore accountKeys,
    AccountDirectory directory,
    Verifications verifications,
    SecondFactors secondFactors,
    NewPasswords newPasswords,
    ConsecutiveFailures failures,
    SoftDoors doors,
    RecoveredPassword recovered,
    OwnerNotices notices,
    Database database,
    IdempotentRequests requests,
    AuditTrail audit)
{
    public async Task<CompleteRecoveryResponse> RunAsync(CompleteRecoveryRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("recovery_id", request.RecoveryId, 64, required: true);
        var code = CodeText.Parse(fields, "code", request.Code);
        PasswordFields.Require(fields, "new_password", request.NewPassword);
        if (request.SecondFactorCase == SecondFactorCase.Totp)
            fields.Text("totp", request.Totp, 32, required: true);
        if (request.SecondFactorCase == SecondFactorCase.RecoveryCode)
            fields.Text("recovery_code", request.RecoveryCode, 32, required: true);
        fields.ThrowIfAny();

        // 2. a repeat is answered as the first was
        var identity = new RequestIdentity(request.RecoveryId, call.Rule.Rpc.Value, request.RequestId, request);
        if (await database.ReadAsync(rows => requests.FindAsync<CompleteRecoveryResponse>(rows, identity, cancellationToken), cancellationToken) is { } known)
            return known;

        // 3. the code, in a transaction of its own: the try is counted, and stays counted
        var keys = await KeysAsync(request.RecoveryId, cancellationToken) ?? throw CallErrors.StepUpExpired();
        ThrowUnlessRight(await database.WriteAsync(work => TryCodeAsync(work, request, code, keys, call, cancellationToken), cancellationToken));

        // 4. who got here holds the contact: now the account's own rules
        var account = await directory.FindAsync(keys.Account, cancellationToken) ?? throw CallErrors.StepUpExpired();
        var hasSecondFactor = await database.ReadAsync(rows => SecondFactors.AnyAsync(rows, account.Id, database.Now(), cancellationToken), cancellationToken);
        var byDevice = call.Proof is { } proof && proof.Device.AccountId == account.Id.Value && !proof.Relayed && proof.IsTrustedAt(database.Now());
        var isShown = byDevice || (hasSecondFactor && request.SecondFactorCase != SecondFactorCase.None);
        var trustedFrom = await database.ReadAsync(
            rows => doors.OfRecoveryAsync(rows, account.Row, isShown, database.Now(), cancellationToken), cancellationToken);
        if (trustedFrom > database.Now() && !request.AcceptWait)
            throw SecondFactorRequired();
        var context = new PasswordContext(hasSecondFactor, account.Identifier, PersonalFields.NamesOf(account));
        var chosen = await newPasswords.TakeAsync("new_password", new Secret<string>(request.NewPassword), context, cancellationToken);

        // 5. the second factor, the change, and what follows from it
        var attempt = new RecoveryAttempt(request, code, account, chosen, hasSecondFactor, byDevice);
        var (response, outcome) = await database.WriteAsync(
            async work =>
            {
                var (outcome, row) = await PassAsync(work, attempt, call, cancellationToken);
                return outcome == CodeOutcome.Right && row is not null
                    ? (await requests.OnceAsync(work, identity, () => RecoverAsync(work, attempt, row, call, cancellationToken), cancellationToken), outcome)
                    : ((CompleteRecoveryResponse?)null, outcome);
            },
            cancellationToken);
        ThrowUnlessRight(outcome);
        return response!;
    }

    private static RpcException SecondFactorRequired() => CallErrors.InvalidField(
        "second_factor", "Required: a totp, a recovery_code, or a proof by a bound device key; or accept_wait, if there is none.");

    private static void ThrowUnlessRight(CodeOutcome outcome)
    {
        if (outcome != CodeOutcome.Right)
            throw outcome == CodeOutcome.Wrong ? CallErrors.InvalidCode() : CallErrors.StepUpExpired();
    }

    private async Task<AccountKeys?> KeysAsync(string recoveryId, CancellationToken cancellationToken)
    {
        var account = await database.ReadAsync(
            rows => rows.Verifications.Where(row => row.Id == recoveryId && row.Purpose == VerificationPurpose.Recovery)
                .Select(row => row.AccountId).SingleOrDefaultAsync(cancellationToken),
            cancellationToken);
        return account is null ? null : await accountKeys.FindAsync(AccountId.Parse(account), cancellationToken);
    }

    private async Task<CodeOutcome> TryCodeAsync(
        Work work, CompleteRecoveryRequest request, Secret<string> code, AccountKeys keys, Call call, CancellationToken cancellationToken)
    {
        var (outcome, row) = await verifications.TryAsync(work, request.RecoveryId, code, requestId: "", call, cancellationToken);

        if (outcome is CodeOutcome.Wrong or CodeOutcome.Elsewhere)
        {
            // A decoy's event names no account, since there is none.
            var rejected = new AuditEntry(EventType.CodeRejected, call)
            {
                Reason = outcome == CodeOutcome.Wrong ? ErrorReasons.InvalidCode : ErrorReasons.StepUpExpired,
            };
            audit.Record(work, row?.CodeHash is null ? rejected : rejected with { Account = keys.Account, Keys = keys });
        }

        return outcome;
    }

    /// <summary>The code again, since it may have been used or have expired meanwhile; and the second factor.</summary>
    private async Task<(CodeOutcome Outcome, VerificationRow? Row)> PassAsync(
        Work work, RecoveryAttempt attempt, Call call, CancellationToken cancellationToken)
    {
        var (request, account) = (attempt.Request, attempt.Account);
        var (outcome, row) = await verifications.TryAsync(work, request.RecoveryId, attempt.Code, requestId: "", call, cancellationToken);
        if (outcome != CodeOutcome.Right || row is null || !attempt.NeedsFactor)
            return (outcome, row);

        // As many tries in a row as at step-ups, and no more with each further recovery.
        var target = failures.TargetOf("step-up", account.Id.Value);
        if (await failures.TakeAsync(work, target, cancellationToken) is { Wait: not null })
            return (CodeOutcome.Over, row);
        var passed = request.SecondFactorCase == SecondFactorCase.Totp
            ? await SecondFactors.PassTotpAsync(work, account.Keys, new Secret<string>(request.Totp), cancellationToken)
            : await secondFactors.PassRecoveryCodeAsync(work, account.Keys, new Secret<string>(request.RecoveryCode), cancellationToken);
        if (passed)
        {
            ConsecutiveFailures.Forgive(work, target);
            return (outcome, row);
        }

        // It takes a try of the code too: there is one budget for guessing, not one for each.
        row.Attempts++;
        audit.Record(work, new AuditEntry(EventType.CodeRejected, call) { Account = account.Id, Keys = account.Keys, Reason = ErrorReasons.InvalidCode });
        return (CodeOutcome.Wrong, row);
    }

    private async Task<CompleteRecoveryResponse> RecoverAsync(
        Work work, RecoveryAttempt attempt, VerificationRow verification, Call call, CancellationToken cancellationToken)
    {
        var account = attempt.Account;
        var row = await work.Rows.Accounts.SingleAsync(row => row.Id == account.Id.Value, cancellationToken);
        var trustedFrom = await doors.OfRecoveryAsync(work.Rows, row, attempt.IsCountersigned, work.Now, cancellationToken);
        var waits = trustedFrom > work.Now;
        if (waits && !attempt.Request.AcceptWait)
            throw SecondFactorRequired();

        verifications.MarkUsed(work, verification, attempt.Request.RequestId);
        if (waits)
            await WaitAsync(work, row, attempt, verification, trustedFrom, cancellationToken);
        else
            await recovered.SetAsync(
                work, row, account.Keys, attempt.Chosen, attempt.IsCountersigned ? null : verification.Channel, cancellationToken);
        audit.Record(work, new AuditEntry(waits ? EventType.RecoveryWaiting : EventType.RecoveryCompleted, call)
        {
            Account = account.Id,
            Keys = account.Keys,
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["second_factor"] = attempt.SecondFactorName,
                ["trusted_from"] = trustedFrom.ToString("O", CultureInfo.InvariantCulture),
            },
        });
        return new CompleteRecoveryResponse { AvailableAt = waits ? trustedFrom.ToTimestamp() : null };
    }

    /// <summary>The new password opens nothing before its time; what the owner has goes on working, and he is told.</summary>
    private async Task WaitAsync(
        Work work, AccountRow row, RecoveryAttempt attempt, VerificationRow verification, DateTimeOffset trustedFrom, CancellationToken cancellationToken)
    {
        // Asked for again, it waits anew: else the owner could be told of one, and surprised by another.
        await work.Rows.WaitingRecoveries.Where(waiting => waiting.AccountId == row.Id).ExecuteDeleteAsync(cancellationToken);
        work.Rows.WaitingRecoveries.Add(new WaitingRecoveryRow
        {
            AccountId = row.Id,
            PasswordHash = attempt.Chosen.Phc,
            PasswordStandsAlone = attempt.Chosen.StandsAlone,
            Channel = verification.Channel,
            CreatedAt = work.Now,
            TrustedFrom = trustedFrom,
        });
        notices.Notify(work, row, attempt.Account.Keys, MessageTemplate.RecoveryWaiting);
    }
}
