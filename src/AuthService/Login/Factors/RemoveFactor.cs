using AuthService.Accounts;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Security.Factors;
using AuthService.Security.Trust;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Login.Factors;

/// <summary>Removes a factor, and ends the sessions that it helped to open: also the veto on one that somebody else enrolled.</summary>
internal sealed class RemoveFactor(
    AccountDirectory directory,
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

        // 2. the factor, its sessions, a notice and the event
        var identity = new RequestIdentity(account.Id.Value, call.Rule.Rpc.Value, request.RequestId, request);
        return await database.WriteAsync(
            work => requests.OnceAsync(work, identity, () => RemoveAsync(work, request, account, call, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private async Task<RemoveFactorResponse> RemoveAsync(
        Work work, RemoveFactorRequest request, FoundAccount account, Call call, CancellationToken cancellationToken)
    {
        var row = await work.Rows.Factors.SingleOrDefaultAsync(
            row => row.Id == request.FactorId && row.AccountId == account.Id.Value, cancellationToken)
            ?? throw CallErrors.NotFound("factor");
        var counts = row.TrustedFrom <= work.Now;
        if (counts && !account.Row.PasswordStandsAlone
            && (await SecondFactors.KindsAsync(work.Rows, account.Id, work.Now, cancellationToken, except: row.Id)).Count == 0)
        {
            throw CallErrors.InvalidField(
                "factor_id", "Is the last second factor, and the password is too short to stand alone: change it to 15 characters or more first.");
        }

        await work.Rows.RecoveryCodes.Where(code => code.FactorId == row.Id).ExecuteDeleteAsync(cancellationToken);
        work.Rows.Factors.Remove(row);
        if (counts)
        {
            await sessions.EndOfFactorAsync(work, account.Id, (FactorKind)row.Kind, call.User.Session, cancellationToken);

            // Who showed no guard may be taking the owner's away, to put one of his own in its place.
            if (!await SoftDoors.IsCountersignedAsync(work, call, cancellationToken))
                (await work.Rows.Accounts.SingleAsync(owner => owner.Id == row.AccountId, cancellationToken)).GuardTakenAwayAt = work.Now;
        }

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
