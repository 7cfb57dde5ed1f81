using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.RateLimiting;
using AuthService.Security.Trust;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Changes the caller's own account. A new contact waits for the code that is sent to it.</summary>
internal sealed class UpdateAccount(
    MessageChannels channels,
    AccountDirectory directory,
    ContactIndex contactIndex,
    ContactClaims claims,
    RateLimits limits,
    Database database,
    IdempotentRequests requests,
    AuditTrail audit,
    TimeProvider clock)
{
    public async Task<UpdateAccountResponse> RunAsync(UpdateAccountRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        var change = AccountChange.Parse(fields, request, channels);
        fields.ThrowIfAny();

        // 2. a contact is a way in: that needs a factor of now
        if (change.Contact is not null && !call.IsFresh(clock.GetUtcNow()))
            throw CallErrors.FreshFactorRequired();
        var account = await directory.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.NotFound("account");

        // 3. a repeat is answered as the first was
        var identity = new RequestIdentity(account.Id.Value, call.Rule.Rpc.Value, request.RequestId, request);
        if (await database.ReadAsync(rows => requests.FindAsync<UpdateAccountResponse>(rows, identity, cancellationToken), cancellationToken) is { } known)
            return known;

        // 4. limits, and who has the contact
        var holder = change.Contact is { } contact ? await HolderAsync(contact, account, cancellationToken) : null;

        // 5. the change, and a code to the new contact or a notice to its owner
        return await database.WriteAsync(
            work => requests.OnceAsync(work, identity, () => ChangeAsync(work, change, account, holder, call, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private async Task<FoundAccount> HolderAsync(Contact contact, FoundAccount account, CancellationToken cancellationToken)
    {
        if (await limits.TakeAsync(LimitName.Messages, contactIndex.LimitKey(contact), cancellationToken) is { } refusal)
            throw CallErrors.Limited(refusal);

        var holder = await directory.FindOrDecoyAsync(contact, cancellationToken);
        return holder.Id != account.Id
            ? holder
            : throw CallErrors.InvalidField(contact.Kind == ContactKind.Email ? "account.email" : "account.phone_number", "Is this account's already.");
    }

    private async Task<UpdateAccountResponse> ChangeAsync(
        Work work, AccountChange change, FoundAccount account, FoundAccount? holder, Call call, CancellationToken cancellationToken)
    {
        var row = await work.Rows.Accounts.SingleAsync(row => row.Id == account.Id.Value, cancellationToken);
        change.ApplyTo(row, account.Keys, work.Now);
        audit.Record(work, new AuditEntry(EventType.AccountUpdated, call)
        {
            Account = account.Id,
            Keys = account.Keys,
            Session = call.User.Session,
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["fields"] = string.Join(' ', change.Paths) },
        });

        var response = new UpdateAccountResponse { Account = await AccountMessages.OfAsync(work.Rows, row, account.Keys, cancellationToken) };
        if (change.Contact is { } contact && holder is not null)
        {
            var claim = new ContactClaim(VerificationPurpose.ContactChange, account.Keys, contact, row.Locale, holder)
            {
                IsCountersigned = await SoftDoors.IsCountersignedAsync(work, call, cancellationToken),
            };
            response.VerificationId = claims.Begin(work, claim, call);
        }

        return response;
    }
}
