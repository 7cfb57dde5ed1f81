using System.Data;
using System.Security.Cryptography;
using AuthService.Storage;
using AuthService.Storage.Ids;
using BitFaster.Caching.Lru;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Security.Keys;

/// <summary>Makes, finds and destroys the keys of accounts. Stored wrapped under the keyring's KEK; unwrapped in a bounded cache.</summary>
public sealed class AccountKeyStore(
    IDbContextFactory<AccountKeysDbContext> contexts, Store store, Keyring keyring, IOptions<KeyOptions> options, ILogger<AccountKeyStore> log)
    : IRekeyed
{
    private const int MovedAtOnce = 200;
    private const string Purpose = "authservice/account-keys/1";

    private readonly ConcurrentLru<AccountId, AccountKeys> _cache = new(options.Value.AccountsCached);
    private int _destroyed;

    /// <summary>Makes the keys of a new account. Durable when it returns: keys come first, the account's rows after them.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached, or the account has keys already.</exception>
    public async Task<AccountKeys> CreateAsync(AccountId account, CancellationToken cancellationToken)
    {
        var keys = AccountKeys.Generate(account);
        var row = Wrap(keys, keyring.Current(KeyUse.Kek));
        await WriteAsync(
            async rows =>
            {
                rows.Add(row);
                return await rows.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        _cache.AddOrUpdate(account, keys);
        return keys;
    }

    /// <summary>The keys of an account, or null if it has none (any more).</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    /// <exception cref="CryptographicException">The stored box does not open: it was changed, or its KEK is not in the keyring.</exception>
    public async ValueTask<AccountKeys?> FindAsync(AccountId account, CancellationToken cancellationToken) =>
        _cache.TryGet(account, out var keys) ? keys : await LoadAsync(account, cancellationToken);

    /// <summary>
    /// Destroys the keys of an account. When it returns SQLite's files hold them no more: the row is overwritten and the write-ahead
    /// log empty; what PostgreSQL keeps says <c>docs/operations.md</c>. Runs again without harm.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached, or a reader kept the log in use: run it again.</exception>
    public async Task DestroyAsync(AccountId account, CancellationToken cancellationToken) =>
        await WriteAsync(
            async rows =>
            {
                var deleted = await rows.AccountKeys.Where(row => row.AccountId == account.Value).ExecuteDeleteAsync(cancellationToken);
                Interlocked.Increment(ref _destroyed);
                _cache.TryRemove(account);
                await store.ForgetDeletedAsync(rows);
                return deleted;
            },
            cancellationToken);

    KeyUse IRekeyed.Use => KeyUse.Kek;

    /// <inheritdoc/>
    public Task<long> CountAsync(KeyId key, CancellationToken cancellationToken) =>
        ReadAsync(rows => rows.AccountKeys.LongCountAsync(row => row.KekId == key.Value, cancellationToken), cancellationToken);

    /// <summary>Wraps anew what is wrapped under a key-encryption key. The keys of the accounts stay what they are.</summary>
    public async Task<long> MoveAsync(KeyId from, CancellationToken cancellationToken)
    {
        var moved = 0L;
        var last = "";
        while (true)
        {
            var (batch, rewrapped) = await WriteAsync(rows => RewrapAsync(rows, from, last, cancellationToken), cancellationToken);
            if (batch.Count == 0)
                return moved;
            moved += rewrapped;
            last = batch[^1].AccountId;
        }
    }

    private async Task<(IReadOnlyList<AccountKeyRow> Batch, int Rewrapped)> RewrapAsync(
        AccountKeysDbContext rows, KeyId from, string after, CancellationToken cancellationToken)
    {
        await using var transaction = await rows.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var batch = await rows.AccountKeys.Where(row => row.KekId == from.Value && row.AccountId.CompareTo(after) > 0)
            .OrderBy(row => row.AccountId).Take(MovedAtOnce).ToListAsync(cancellationToken);
        var kek = keyring.Current(KeyUse.Kek);
        var rewrapped = batch.Count(row => TryRewrap(row, kek));
        await rows.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return (batch, rewrapped);
    }

    private bool TryRewrap(AccountKeyRow row, Key kek)
    {
        try
        {
            var wrapped = Wrap(Unwrap(AccountId.Parse(row.AccountId), row), kek);
            (row.KekId, row.Wrapped) = (wrapped.KekId, wrapped.Wrapped);
            return true;
        }
        catch (CryptographicException fault)
        {
            log.NotRewrapped(row.AccountId, fault);
            return false;
        }
    }

    private async Task<AccountKeys?> LoadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var destroyed = Volatile.Read(ref _destroyed);
        var row = await ReadAsync(
            rows => rows.AccountKeys.AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == account.Value, cancellationToken), cancellationToken);
        if (row is null)
            return null;

        var keys = Unwrap(account, row);
        _cache.AddOrUpdate(account, keys);

        // A key that was destroyed between reading and caching it must not come back through the cache.
        if (Volatile.Read(ref _destroyed) != destroyed)
            _cache.TryRemove(account);

        return keys;
    }

    private static AccountKeyRow Wrap(AccountKeys keys, Key kek) => new()
    {
        AccountId = keys.Account.Value,
        KekId = kek.Id.Value,
        Wrapped = Aead.Seal(kek.Material, Context(keys.Account, kek.Id), keys.Both),
    };

    private AccountKeys Unwrap(AccountId account, AccountKeyRow row)
    {
        if (!KeyId.TryParse(row.KekId, out var id) || !keyring.TryGet(KeyUse.Kek, id, out var kek))
            throw new CryptographicException($"The keys of {account} are wrapped under a key that the keyring does not have.");

        return Aead.TryOpen(kek.Material, Context(account, id), row.Wrapped, out var both)
            ? new AccountKeys(account, both)
            : throw new CryptographicException($"The stored keys of {account} do not open.");
    }

    private static byte[] Context(AccountId account, KeyId kek) => Transcript.Of(Purpose, account.Value, kek.Value);

    private async Task<T> ReadAsync<T>(Func<AccountKeysDbContext, Task<T>> query, CancellationToken cancellationToken)
    {
        try
        {
            await using var rows = await contexts.CreateDbContextAsync(cancellationToken);
            return await query(rows);
        }
        catch (Exception fault) when (Store.IsFault(fault))
        {
            throw new StoreUnavailableException(fault);
        }
    }

    private async Task<T> WriteAsync<T>(Func<AccountKeysDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await store.WriteAsync(
                async () =>
                {
                    await using var rows = await contexts.CreateDbContextAsync(cancellationToken);
                    return await work(rows);
                },
                cancellationToken);
        }
        catch (Exception fault) when (Store.IsFault(fault))
        {
            throw new StoreUnavailableException(fault);
        }
    }
}
