using System.Diagnostics;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.RateLimiting;
using AuthService.Security;
using AuthService.Security.Factors;
using AuthService.Security.Passwords;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Puts a new password in the place of the current one, and ends the other sessions.</summary>
internal sealed class ChangePassword(
    AccountDirectory directory,
    NewPasswords newPasswords,
    PasswordHashing passwords,
    ConsecutiveFailures failures,
    SessionEnder sessions,
    OwnerNotices notices,
    Database database,
    IdempotentRequests requests,
    AuditTrail audit)
{
    public async Task<ChangePasswordResponse> RunAsync(ChangePasswordRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked; that a factor is fresh, the pipeline has seen to
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        PasswordFields.Require(fields, "current_password", request.CurrentPassword);
        PasswordFields.Require(fields, "new_password", request.NewPassword);
        fields.ThrowIfAny();
        var account = await directory.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.NotFound("account");

        // 2. a repeat is answered as the first was
        var identity = new RequestIdentity(account.Id.Value, call.Rule.Rpc.Value, request.RequestId, request);
        if (await database.ReadAsync(rows => requests.FindAsync<ChangePasswordResponse>(rows, identity, cancellationToken), cancellationToken) is { } known)
            return known;

        // 3. the new password: refused here, it has cost no try of the current one
        var hasSecondFactor = await database.ReadAsync(rows => SecondFactors.AnyAsync(rows, account.Id, database.Now(), cancellationToken), cancellationToken);
        var context = new PasswordContext(hasSecondFactor, account.Identifier, PersonalFields.NamesOf(account));
        var chosen = await newPasswords.TakeAsync("new_password", new Secret<string>(request.NewPassword), context, cancellationToken);

        // 4. the current password: who is signed in counts apart from strangers, so that these cannot keep the owner from changing it
        var target = failures.TargetOf("account", $"{account.Id}/signed-in");
        var attempt = await database.WriteAsync(work => failures.TakeAsync(work, target, cancellationToken), cancellationToken);
        if (attempt.Wait is { } wait)
            throw CallErrors.TooManyFailures(wait);
        var isCurrent = await IsCurrentAsync(request, account, target, cancellationToken);

        // 5. the change, and what follows from it
        var response = await database.WriteAsync(
            async work => isCurrent && await IsStillAsync(work, account, cancellationToken)
                ? await requests.OnceAsync(work, identity, () => ChangeAsync(work, account, chosen, target, call, cancellationToken), cancellationToken)
                : Reject(work, account, call),
            cancellationToken);
        return response ?? throw CallErrors.InvalidCredentials();
    }

    private async Task<bool> IsCurrentAsync(
        ChangePasswordRequest request, FoundAccount account, byte[] target, CancellationToken cancellationToken)
    {
        var isLookedAt = false;
        try
        {
            var result = await passwords.VerifyAsync(new Secret<string>(request.CurrentPassword), account.Row.PasswordHash, cancellationToken);
            isLookedAt = result is PasswordVerifyResult.Verified;
            return result switch
            {
                PasswordVerifyResult.Verified verified => verified.Verification != PasswordVerification.Failed,
                PasswordVerifyResult.Overloaded overloaded => throw CallErrors.Overloaded(overloaded.RetryAfter),
                _ => throw new UnreachableException(),
            };
        }
        finally
        {
            // What nobody looked at was no try.
            if (!isLookedAt)
                await database.WriteAsync(work => ConsecutiveFailures.ReturnAsync(work, target, CancellationToken.None), CancellationToken.None);
        }
    }

    /// <summary>Whether nobody else changed the password while it was compared.</summary>
    private static Task<bool> IsStillAsync(Work work, FoundAccount account, CancellationToken cancellationToken) =>
        work.Rows.Accounts.AnyAsync(row => row.Id == account.Id.Value && row.PasswordChangedAt == account.Row.PasswordChangedAt, cancellationToken);

    private async Task<ChangePasswordResponse> ChangeAsync(
        Work work, FoundAccount account, NewPassword chosen, byte[] target, Call call, CancellationToken cancellationToken)
    {
        var row = await work.Rows.Accounts.SingleAsync(row => row.Id == account.Id.Value, cancellationToken);
        PasswordFields.Set(row, chosen, work.Now);
        ConsecutiveFailures.Forgive(work, target);
        await work.Rows.WaitingRecoveries.Where(waiting => waiting.AccountId == row.Id).ExecuteDeleteAsync(cancellationToken);
        await sessions.EndAllAsync(work, account.Id, SessionEnd.PasswordChanged, call.User.Session, cancellationToken);
        notices.Notify(work, row, account.Keys, MessageTemplate.PasswordChanged);
        audit.Record(work, new AuditEntry(EventType.PasswordChanged, call) { Account = account.Id, Keys = account.Keys, Session = call.User.Session });
        return new ChangePasswordResponse();
    }

    private ChangePasswordResponse? Reject(Work work, FoundAccount account, Call call)
    {
        audit.Record(work, new AuditEntry(EventType.AccessDenied, call)
        {
            Account = account.Id,
            Keys = account.Keys,
            Session = call.User.Session,
            Reason = ErrorReasons.InvalidCredentials,
        });
        return null;
    }
}
