using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Messaging;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Puts a contact that was proven in the place of the one before.</summary>
internal sealed class ContactChange(ContactIndex contacts, OwnerNotices notices, AuditTrail audit)
{
    /// <returns>Null if somebody else verified the contact meanwhile, or the caller is not its account's owner: then nothing is changed.</returns>
    public async Task<VerifyContactResponse?> FinishAsync(Work work, ProvenContact proven, Call call, CancellationToken cancellationToken)
    {
        // 1. still signed in: who ended the session that asked for this has stopped it
        var keys = proven.Keys;
        if (call.Caller is not Caller.User user || user.Account != keys.Account)
            return null;

        // 2. still free
        var account = await work.Rows.Accounts.SingleAsync(row => row.Id == keys.Account.Value, cancellationToken);
        var holder = await contacts.FindAsync(work.Rows, proven.Contact, cancellationToken);
        if (holder is { } other && other != keys.Account)
            return null;

        // 3. the owner is told by the contacts of before, and the new one takes its place
        if (!proven.Repeated)
        {
            notices.Notify(work, account, keys, MessageTemplate.ContactChanged);
            await work.Rows.Contacts.Where(row => row.AccountId == account.Id && row.Kind == proven.Contact.Kind).ExecuteDeleteAsync(cancellationToken);
            work.Rows.Contacts.Add(new ContactRow { BlindIndex = contacts.Of(proven.Contact), AccountId = account.Id, Kind = proven.Contact.Kind });
            SetContact(account, proven.Row);
            account.UpdatedAt = work.Now;
            audit.Record(work, new AuditEntry(EventType.ContactVerified, call) { Account = keys.Account, Keys = keys, Session = user.Session });
        }

        return new VerifyContactResponse { Account = await AccountMessages.OfAsync(work.Rows, account, keys, cancellationToken) };
    }

    /// <summary>The box of a verification is bound to the name of the account's field, so it can move there as it is.</summary>
    public static void SetContact(AccountRow account, VerificationRow proven)
    {
        if (proven.Channel == ContactKind.Email)
            account.EmailSealed = proven.ContactSealed;
        else
            account.PhoneNumberSealed = proven.ContactSealed;
    }
}
