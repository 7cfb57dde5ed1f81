using System.Security.Cryptography;
using System.Text;
using AuthService.Storage.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AuthService.RateLimiting.Redis;

/// <summary>Counted in Redis for all replicas. While it cannot be reached, each replica counts for itself: the limits hold, if wider.</summary>
internal sealed class RedisLimits(SharedRedis redis, LocalLimits local, IOptions<RateLimitOptions> options) : ILimitTables
{
    private static readonly string Script = EmbeddedScripts.Read("gcra.lua");

    public async ValueTask<TimeSpan?> TakeAsync(LimitName limit, string key, CancellationToken cancellationToken)
    {
        var rate = options.Value[limit];
        var answer = await redis.AskAsync(
            Script, KeyOf(limit, key), [(long)rate.Interval.TotalMicroseconds, (long)rate.Tolerance.TotalMicroseconds], cancellationToken);
        if (answer is null)
            return await local.TakeAsync(limit, key, cancellationToken);

        var wait = (long)answer;
        return wait == 0 ? null : TimeSpan.FromMicroseconds(wait);
    }

    /// <summary>Hashed: keys are addresses and ids, and Redis is nobody's place for them.</summary>
    private RedisKey KeyOf(LimitName limit, string key) =>
        redis.Key("limit", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{limit}/{key}")).AsSpan(..16)));
}
