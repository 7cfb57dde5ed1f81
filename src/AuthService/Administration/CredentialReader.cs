using AuthService.Storage;
using BitFaster.Caching.Lru;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;

namespace AuthService.Administration;

/// <summary>
/// Reads credentials through <c>HybridCache</c>: however many calls need one at once, the store is asked once, and by one replica for all
/// where there is a Redis.
/// </summary>
internal sealed class CredentialReader(Database database, HybridCache cache, TimeProvider clock)
{
    // Who asks keeps what he got himself.
    private static readonly HybridCacheEntryOptions Shared = new()
    {
        Expiration = ServiceCredentials.BelievedFor, Flags = HybridCacheEntryFlags.DisableLocalCache | HybridCacheEntryFlags.DisableCompression,
    };

    /// <summary>
    /// What the store has just said: for who comes when the question of the others is over, and its answer not yet where all find it.
    /// </summary>
    private readonly ConcurrentLru<string, StoredCredential> _just = new(1024);

    /// <summary>What the store said within <see cref="ServiceCredentials.BelievedFor"/>.</summary>
    public async ValueTask<StoredCredential> ReadAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var key = KeyOf(hash);
        var found = await cache.GetOrCreateAsync(
            key, (Reader: this, Key: key, Hash: hash), static (asked, token) => asked.Reader.AskOnceAsync(asked.Key, asked.Hash, token), Shared,
            cancellationToken: cancellationToken);
        if (found.Hash == Convert.ToHexStringLower(hash) && IsBelieved(found.ReadAt))
            return found;

        // Broken, somebody else's, or from a replica whose clock is another one: as if it were not there.
        var asked = await AskStoreAsync(hash, cancellationToken);
        await cache.SetAsync(key, asked, Shared, cancellationToken: cancellationToken);
        return asked;
    }

    /// <summary>Takes it from the others too. A replica that has read it already believes it for as long as it would otherwise.</summary>
    public ValueTask ForgetAsync(byte[] hash)
    {
        _just.TryRemove(KeyOf(hash));
        return cache.RemoveAsync(KeyOf(hash), CancellationToken.None);
    }

    public bool IsBelieved(DateTimeOffset readAt) => clock.GetUtcNow() - readAt is var age && age >= TimeSpan.Zero && age < ServiceCredentials.BelievedFor;

    private async ValueTask<StoredCredential> AskOnceAsync(string key, byte[] hash, CancellationToken cancellationToken)
    {
        if (_just.TryGet(key, out var said) && IsBelieved(said.ReadAt))
            return said;
        said = await AskStoreAsync(hash, cancellationToken);
        _just.AddOrUpdate(key, said);
        return said;
    }

    private async ValueTask<StoredCredential> AskStoreAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var row = await database.ReadAsync(
            rows => rows.ServiceCredentials.SingleOrDefaultAsync(row => row.Hash == hash && row.RevokedAt == null, cancellationToken),
            cancellationToken);
        var name = Convert.ToHexStringLower(hash);
        return row is null
            ? new StoredCredential(name, null, "", [], default, now)
            : new StoredCredential(name, row.Id, row.Name, row.Scopes.Split(' '), row.ExpiresAt, now);
    }

    /// <summary>Half of the hash of 256 random bits: nobody finds the token from it.</summary>
    private static string KeyOf(byte[] hash) => $"service-credential:{Convert.ToHexStringLower(hash.AsSpan(..16))}";
}
