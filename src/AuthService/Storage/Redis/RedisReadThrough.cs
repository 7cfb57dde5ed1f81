using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AuthService.Storage.Redis;

/// <summary>
/// What <c>HybridCache</c> shares between replicas: the framework's Redis cache, with this service's connection and patience. Without a Redis,
/// or while it cannot be reached, nothing is found and nothing kept.
/// </summary>
/// <remarks>Whoever keeps something here seals it: Redis is not believed, see docs/adr/0005.</remarks>
internal sealed class RedisReadThrough(SharedRedis redis, IOptions<RedisOptions> options) : IDistributedCache
{
    /// <summary>Larger ones are not kept.</summary>
    public const int LargestEntry = 16 * 1024;

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        await redis.TryAsync(connection => On(connection).GetAsync(key, token), token) is { Length: <= LargestEntry } found ? found : null;

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        await redis.TryAsync(
            async connection =>
            {
                await On(connection).SetAsync(key, value, options, token);
                return true;
            },
            token);

    public async Task RemoveAsync(string key, CancellationToken token = default) =>
        await redis.TryAsync(
            async connection =>
            {
                await On(connection).RemoveAsync(key, token);
                return true;
            },
            token);

    /// <summary>Entries have an end, and do not live longer for being read.</summary>
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => throw Blocking();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw Blocking();

    public void Refresh(string key) => throw Blocking();

    public void Remove(string key) => throw Blocking();

    private static NotSupportedException Blocking() => new("Nobody waits for Redis with a thread.");

    // The connection is another one's to close: these are made for a call, and not disposed of.
    private RedisCache On(IConnectionMultiplexer connection) => new(new RedisCacheOptions
    {
        ConnectionMultiplexerFactory = () => Task.FromResult(connection),
        InstanceName = $"{options.Value.KeyPrefix}:cache:",
    });
}
