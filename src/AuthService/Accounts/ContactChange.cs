using System.Globalization;
using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Messaging;
using AuthService.Security.Trust;
using AuthService.Storage;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Puts a contact that was proven in the place of the one before; at once, or, if no guard vouches for it, after the wait.</summary>
internal sealed class ContactChange(ContactIndex contacts, ContactChanges changes, SoftDoors doors, OwnerNotices notices, AuditTrail audit)
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

        // 3. into its place, or into line
        if (!proven.Repeated)
        {
            var isCountersigned = proven.Row.IsCountersigned || await SoftDoors.IsCountersignedAsync(work, call, cancellationToken);
            var trustedFrom = await doors.OfNewAsync(work, account, isCountersigned, except: null, cancellationToken);
            var change = await changes.AddAsync(work, account, proven, trustedFrom, cancellationToken);
            if (trustedFrom > work.Now)
                notices.Notify(work, account, keys, MessageTemplate.ContactWaiting);
            else
                await changes.MakeAsync(work, account, keys, change, cancellationToken);
            audit.Record(work, new AuditEntry(EventType.ContactVerified, call)
            {
                Account = keys.Account,
                Keys = keys,
                Session = user.Session,
                Details = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["trusted_from"] = trustedFrom.ToString("O", CultureInfo.InvariantCulture),
                },
            });
            return await AnswerAsync(trustedFrom > work.Now ? trustedFrom : null);
        }

        var waiting = await work.Rows.ContactChanges
            .Where(row => row.AccountId == account.Id && row.Kind == proven.Contact.Kind && row.MadeAt == null)
            .Select(row => (DateTimeOffset?)row.TrustedFrom)
            .SingleOrDefaultAsync(cancellationToken);
        return await AnswerAsync(waiting);

        async Task<VerifyContactResponse> AnswerAsync(DateTimeOffset? waitsUntil) => new()
        {
            Account = await AccountMessages.OfAsync(work.Rows, account, keys, cancellationToken),
            AvailableAt = waitsUntil?.ToTimestamp(),
        };
    }
}
