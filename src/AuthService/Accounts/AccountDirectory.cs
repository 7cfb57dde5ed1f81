using AuthService.Messaging;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>An account that was found, with its keys.</summary>
/// <param name="Row">A copy: to change the row, load it in a transaction.</param>
public sealed record FoundAccount(AccountRow Row, AccountKeys Keys)
{
    public AccountId Id => Keys.Account;

    /// <summary>What it signs in with; a decoy's is its id.</summary>
    public string Identifier =>
        Row.EmailSealed is { } email && Sealing.TryOpenText(Keys, OwnerNotices.EmailField, email, out var address) ? address
        : Row.PhoneNumberSealed is { } phone && Sealing.TryOpenText(Keys, OwnerNotices.PhoneNumberField, phone, out var number) ? number
        : Id.Value;
}

/// <summary>Finds accounts.</summary>
public sealed class AccountDirectory(
    Database database, ContactIndex contacts, DecoyAccounts decoys, AccountKeyStore accountKeys, PasswordHashing passwords)
{
    /// <summary>
    /// The verified account of a contact; for any other identifier a decoy, the same one at each try. Both take the same reads:
    /// what follows need not, and must not, tell them apart until the secret was compared.
    /// </summary>
    public async Task<FoundAccount> FindOrDecoyAsync(Contact contact, CancellationToken cancellationToken)
    {
        var decoy = decoys.For(contact);
        var unmatchable = passwords.CreateUnmatchable();
        var (id, row) = await database.ReadAsync(
            async rows =>
            {
                var account = await contacts.FindAsync(rows, contact, cancellationToken) ?? decoy;
                return (account, await RowAsync(rows, account, cancellationToken));
            },
            cancellationToken);
        var keys = await accountKeys.FindAsync(id, cancellationToken);

        // An account that is being erased loses its keys first, and is nobody's from then on.
        if (row is null || keys is null)
        {
            row = await database.ReadAsync(rows => RowAsync(rows, decoy, cancellationToken), cancellationToken);
            keys = await accountKeys.FindAsync(decoy, cancellationToken);
        }

        if (row is null || keys is null)
            throw new InvalidOperationException("A decoy is missing.");

        // At the cost of today: the one that was stored with the decoy may be of another year.
        if (row.IsDecoy)
            row.PasswordHash = unmatchable;
        return new FoundAccount(row, keys);
    }

    /// <summary>A verified account, no decoy; or null.</summary>
    public async Task<FoundAccount?> FindAsync(AccountId id, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(rows => RowAsync(rows, id, cancellationToken), cancellationToken);
        var keys = await accountKeys.FindAsync(id, cancellationToken);
        return row is { IsDecoy: false } && keys is not null ? new FoundAccount(row, keys) : null;
    }

    private static Task<AccountRow?> RowAsync(AuthDbContext rows, AccountId id, CancellationToken cancellationToken) =>
        rows.Accounts.SingleOrDefaultAsync(row => row.Id == id.Value && row.VerifiedAt != null, cancellationToken);
}
