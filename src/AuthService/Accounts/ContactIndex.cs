using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Which account a contact belongs to, by blind index; see <see cref="BlindIndex"/>.</summary>
public sealed class ContactIndex(BlindIndex index)
{
    /// <summary>What a contact's row is kept under.</summary>
    public byte[] Of(Contact contact) => index.ForContact(contact.IndexKind, contact.Value);

    /// <summary>What limits on a contact count by; tells nothing of <see cref="Of"/>.</summary>
    public string LimitKey(Contact contact) => index.ForCounter(contact.IndexKind, contact.Value).ToString("x32", null);

    /// <summary>The account that verified the contact, or null. Takes the same reads either way.</summary>
    public async Task<AccountId?> FindAsync(AuthDbContext rows, Contact contact, CancellationToken cancellationToken)
    {
        string? account = null;

        // One, or, while the key of the index rotates, a few.
        foreach (var candidate in index.Candidates(contact.IndexKind, contact.Value))
        {
            var found = await rows.Contacts.Where(row => row.BlindIndex == candidate)
                .Select(row => row.AccountId).SingleOrDefaultAsync(cancellationToken);
            account ??= found;
        }

        return account is null ? null : AccountId.Parse(account);
    }
}
