using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Which account a contact belongs to, by blind index; see <see cref="BlindIndex"/>.</summary>
public sealed class ContactIndex(BlindIndex index)
{
    /// <summary>The row by which an account is found by its contact.</summary>
    public ContactRow RowOf(AccountId account, Contact contact)
    {
        var (value, key) = index.ForContact(contact.IndexKind, contact.Value);
        return new ContactRow { BlindIndex = value, AccountId = account.Value, Kind = contact.Kind, KeyId = key.Value };
    }

    /// <summary>What limits on a contact count by; tells nothing of <see cref="Of"/>.</summary>
    public string LimitKey(Contact contact) => index.ForCounter(contact.IndexKind, contact.Value).ToString("x32", null);

    /// <summary>What <see cref="ContactRow.BlindIndex"/> may be for a contact: one value, or, while the key of the index rotates, a few.</summary>
    public byte[][] Candidates(Contact contact) => [.. index.Candidates(contact.IndexKind, contact.Value)];

    /// <summary>The account that verified the contact, or null. Takes the same reads either way.</summary>
    public async Task<AccountId?> FindAsync(AuthDbContext rows, Contact contact, CancellationToken cancellationToken)
    {
        var candidates = Candidates(contact);
        var account = await rows.Contacts
            .Where(row => candidates.Contains(row.BlindIndex)).Select(row => row.AccountId).SingleOrDefaultAsync(cancellationToken);
        return account is null ? null : AccountId.Parse(account);
    }
}
