using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;

namespace AuthService.Accounts;

/// <summary>An account that was found, with its keys.</summary>
public sealed record FoundAccount(AccountRow Row, AccountKeys Keys)
{
    public AccountId Id => Keys.Account;
}

/// <summary>Finds accounts.</summary>
public sealed class AccountDirectory
{
    /// <summary>
    /// The verified account of a contact; for any other identifier a decoy, the same one at each try. Both take the same reads:
    /// what follows need not, and must not, tell them apart until the secret was compared.
    /// </summary>
    public Task<FoundAccount> FindOrDecoyAsync(Contact contact, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>A verified account, no decoy; or null.</summary>
    public Task<FoundAccount?> FindAsync(AccountId id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
