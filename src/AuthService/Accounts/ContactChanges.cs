using AuthService.Messaging;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Proven contacts on their way into the place of those before, and back out of it, should the change turn out a thief's.</summary>
internal sealed class ContactChanges(ContactIndex contacts, OwnerNotices notices, TimeProvider clock)
{
    /// <summary>Takes a contact that was proven. At most one of a kind waits: it takes the place of an earlier one.</summary>
    public async Task<ContactChangeRow> AddAsync(
        Work work, AccountRow account, ProvenContact proven, DateTimeOffset trustedFrom, CancellationToken cancellationToken)
    {
        var kind = proven.Contact.Kind;
        await work.Rows.ContactChanges
            .Where(row => row.AccountId == account.Id && row.Kind == kind && row.MadeAt == null)
            .ExecuteDeleteAsync(cancellationToken);
        var change = new ContactChangeRow
        {
            Id = $"chg_{Guid.CreateVersion7(clock.GetUtcNow()):N}",
            AccountId = account.Id,
            Kind = kind,
            NewSealed = proven.Row.ContactSealed,
            CreatedAt = work.Now,
            TrustedFrom = trustedFrom,
        };
        work.Rows.ContactChanges.Add(change);
        return change;
    }

    /// <summary>Puts the new contact in its place. The owner is told by the contacts of before.</summary>
    /// <returns>False if somebody else verified it meanwhile: then the change is dropped.</returns>
    public async Task<bool> MakeAsync(
        Work work, AccountRow account, AccountKeys keys, ContactChangeRow change, CancellationToken cancellationToken)
    {
        if (!await IsFreeAsync(work, keys, change.Kind, change.NewSealed, cancellationToken))
        {
            work.Rows.ContactChanges.Remove(change);
            return false;
        }

        notices.Notify(work, account, keys, MessageTemplate.ContactChanged);
        change.OldSealed = BoxOf(account, change.Kind);
        change.MadeAt = work.Now;
        await PutAsync(work, account, keys, change.Kind, change.NewSealed, cancellationToken);
        return true;
    }

    /// <summary>
    /// Undoes what was asked for since a time: what waits is dropped, and the contact of before is put back, unless somebody else has
    /// verified it since; then nothing is left in its place.
    /// </summary>
    /// <returns>How many changes.</returns>
    public async Task<int> TakeBackAsync(
        Work work, AccountRow account, AccountKeys keys, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var changes = await work.Rows.ContactChanges
            .Where(row => row.AccountId == account.Id && row.CreatedAt >= since)
            .ToListAsync(cancellationToken);
        foreach (var made in changes.Where(row => row.MadeAt is not null).GroupBy(row => row.Kind))
        {
            // The first of them replaced what stood before all of them.
            var before = made.MinBy(row => row.MadeAt)!.OldSealed;
            var isFree = before is not null && await IsFreeAsync(work, keys, made.Key, before, cancellationToken);
            await PutAsync(work, account, keys, made.Key, isFree ? before : null, cancellationToken);
        }

        work.Rows.ContactChanges.RemoveRange(changes);
        return changes.Count;
    }

    private async Task<bool> IsFreeAsync(Work work, AccountKeys keys, ContactKind kind, byte[] box, CancellationToken cancellationToken)
    {
        var holder = await contacts.FindAsync(work.Rows, ContactOf(keys, kind, box), cancellationToken);
        return holder is not { } other || other == keys.Account;
    }

    private async Task PutAsync(
        Work work, AccountRow account, AccountKeys keys, ContactKind kind, byte[]? box, CancellationToken cancellationToken)
    {
        await work.Rows.Contacts.Where(row => row.AccountId == account.Id && row.Kind == kind).ExecuteDeleteAsync(cancellationToken);
        if (box is not null)
            work.Rows.Contacts.Add(contacts.RowOf(keys.Account, ContactOf(keys, kind, box)));
        SetBox(account, kind, box);
        account.UpdatedAt = work.Now;
    }

    /// <summary>The contact in a box that <see cref="SetBox"/> put into an account's row.</summary>
    public static Contact ContactOf(AccountKeys keys, ContactKind kind, byte[] box) =>
        Contact.TryParse(PersonalFields.Open(keys, PersonalFields.NameOf(kind), box), out var contact)
            ? contact
            : throw new InvalidOperationException("A sealed contact is none.");

    public static byte[]? BoxOf(AccountRow account, ContactKind kind) => kind == ContactKind.Email ? account.EmailSealed : account.PhoneNumberSealed;

    /// <summary>A box is bound to the name of the account's field, so it can move there as it is.</summary>
    public static void SetBox(AccountRow account, ContactKind kind, byte[]? box)
    {
        if (kind == ContactKind.Email)
            account.EmailSealed = box;
        else
            account.PhoneNumberSealed = box;
    }
}
