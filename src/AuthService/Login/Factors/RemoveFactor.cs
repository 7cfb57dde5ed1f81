using AuthService.Accounts;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Security;
using AuthService.Security.Factors;
using AuthService.Security.Passwords;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Login.Factors;

/// <summary>Removes a factor, and ends the sessions that it helped to open.</summary>
internal sealed class RemoveFactor(
    AccountDirectory directory,
    NewPasswords newPasswords,
    SessionEnder sessions,
    OwnerNotices notices,
    Database database,
    IdempotentRequests requests,
    AuditTrail audit)
{
    public async Task<RemoveFactorResponse> RunAsync(RemoveFactorRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("factor_id", request.FactorId, 64, required: true);
        fields.ThrowIfAny();
        var account = await directory.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.NotFound("account");

        // 2. a password that can stand alone, if it will have to; hashed before the transaction
        var newPassword = request.NewPassword.Length == 0
            ? null
            : await newPasswords.TakeAsync(
                "new_password",
                new Secret<string>(request.NewPassword),
                new PasswordContext(HasSecondFactor: false, account.Identifier, []),
                cancellationToken);

        // 3. the factor, its sessions, a notice and the event
        var identity = new RequestIdentity(account.Id.Value, call.Rule.Rpc.Value, request.RequestId, request);
        return await database.WriteAsync(
            work => requests.OnceAsync(work, identity, () => RemoveAsync(work, request, account, newPassword, call, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private async Task<RemoveFactorResponse> RemoveAsync(
        Work work, RemoveFactorRequest request, FoundAccount account, NewPassword? newPassword, Call call, CancellationToken cancellationToken)
    {
        var row = await work.Rows.Factors.SingleOrDefaultAsync(
            row => row.Id == request.FactorId && row.AccountId == account.Id.Value, cancellationToken)
            ?? throw CallErrors.NotFound("factor");
        var own = await work.Rows.Accounts.SingleAsync(row => row.Id == account.Id.Value, cancellationToken);
        var others = await work.Rows.Factors.AnyAsync(
            other => other.AccountId == row.AccountId && other.Id != row.Id && other.ConfirmedAt != null, cancellationToken);
        if (row.ConfirmedAt is not null && !others && !own.PasswordStandsAlone && newPassword is null)
            throw CallErrors.InvalidField("new_password", "Required: without a second factor the password needs 15 characters or more.");

        if (newPassword is not null)
        {
            own.PasswordHash = newPassword.Phc;
            own.PasswordStandsAlone = newPassword.StandsAlone;
            own.PasswordChangedAt = work.Now;
        }

        await work.Rows.RecoveryCodes.Where(code => code.FactorId == row.Id).ExecuteDeleteAsync(cancellationToken);
        work.Rows.Factors.Remove(row);
        if (row.ConfirmedAt is not null)
            await sessions.EndOfFactorAsync(work, account.Id, (FactorKind)row.Kind, call.User.Session, cancellationToken);
        notices.Notify(work, account.Row, account.Keys, MessageTemplate.FactorRemoved);
        audit.Record(work, new AuditEntry(EventType.FactorRemoved, call)
        {
            Account = account.Id,
            Keys = account.Keys,
            Session = call.User.Session,
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = ((FactorKind)row.Kind).ToString() },
        });
        return new RemoveFactorResponse();
    }
}
