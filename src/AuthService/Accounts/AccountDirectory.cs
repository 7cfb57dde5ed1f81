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

    /// <summary>
    /// Whom failures are counted against: the account; of a decoy, which many identifiers share, the identifier it stands in for.
    /// </summary>
    public string Subject { get; init; } = Keys.Account.Value;

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
    // One statement for both, so that it takes as long for one as for the other; translated once.
    private readonly Func<AuthDbContext, byte[][], string, CancellationToken, Task<AccountRow?>> _ownerOr = EF.CompileAsyncQuery(
        (AuthDbContext rows, byte[][] candidates, string otherwise, CancellationToken cancellationToken) => rows.Accounts.AsNoTracking().SingleOrDefault(
            row => row.Id == (rows.Contacts.Where(row => candidates.Contains(row.BlindIndex)).Select(row => row.AccountId).FirstOrDefault() ?? otherwise)
                && row.VerifiedAt != null));

    /// <summary>
    /// The verified account of a contact; for any other identifier a decoy, the same one at each try. Both take the same reads:
    /// what follows need not, and must not, tell them apart until the secret was compared.
    /// </summary>
    public async Task<FoundAccount> FindOrDecoyAsync(Contact contact, CancellationToken cancellationToken) =>
        await OpenAsync(await FindRowOrDecoyAsync(contact, cancellationToken), contact, cancellationToken);

    /// <summary>
    /// The row alone, of the account or of a decoy. Keys take longer to find for an account that was not asked for lately than for
    /// a decoy, which always was: who must not show that looks for them while something else takes longer.
    /// </summary>
    public async Task<AccountRow> FindRowOrDecoyAsync(Contact contact, CancellationToken cancellationToken)
    {
        var decoy = decoys.For(contact);
        var unmatchable = passwords.CreateUnmatchable();
        var candidates = contacts.Candidates(contact);
        var row = await database.ReadAsync(rows => _ownerOr(rows, candidates, decoy.Value, cancellationToken), cancellationToken);
        row ??= await DecoyRowAsync(decoy, cancellationToken);

        // At the cost of today: the one that was stored with the decoy may be of another year.
        if (row.IsDecoy)
            row.PasswordHash = unmatchable;
        return row;
    }

    /// <summary>Adds its keys to a row. One that is being erased loses its keys first, and is nobody's from then on: a decoy takes its place.</summary>
    /// <param name="row">From <see cref="FindRowOrDecoyAsync"/>.</param>
    /// <param name="contact">What it was found by.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<FoundAccount> OpenAsync(AccountRow row, Contact contact, CancellationToken cancellationToken)
    {
        if (await accountKeys.FindAsync(AccountId.Parse(row.Id), cancellationToken) is { } keys)
            return Of(row, keys, contact);

        var decoy = await DecoyRowAsync(decoys.For(contact), cancellationToken);
        decoy.PasswordHash = passwords.CreateUnmatchable();
        return Of(decoy, await accountKeys.FindAsync(decoys.For(contact), cancellationToken) ?? throw NoDecoy(), contact);
    }

    /// <summary>A verified account, no decoy; or null.</summary>
    public async Task<FoundAccount?> FindAsync(AccountId id, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(rows => RowAsync(rows, id, cancellationToken), cancellationToken);
        var keys = await accountKeys.FindAsync(id, cancellationToken);
        return row is { IsDecoy: false } && keys is not null ? new FoundAccount(row, keys) : null;
    }

    private async Task<AccountRow> DecoyRowAsync(AccountId decoy, CancellationToken cancellationToken) =>
        await database.ReadAsync(rows => RowAsync(rows, decoy, cancellationToken), cancellationToken) ?? throw NoDecoy();

    private static FoundAccount Of(AccountRow row, AccountKeys keys, Contact contact) =>
        row.IsDecoy ? new FoundAccount(row, keys) { Subject = contact.Value } : new FoundAccount(row, keys);

    private static InvalidOperationException NoDecoy() => new("A decoy is missing.");

    private static Task<AccountRow?> RowAsync(AuthDbContext rows, AccountId id, CancellationToken cancellationToken) =>
        rows.Accounts.SingleOrDefaultAsync(row => row.Id == id.Value && row.VerifiedAt != null, cancellationToken);
}
