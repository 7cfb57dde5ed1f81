using System.Security.Cryptography;
using System.Text;
using AuthService.Storage.Redis;

namespace AuthService.Security.Proofs.Redis;

/// <summary>
/// Remembered in Redis, so that no replica takes what another one took. While it cannot be reached, each remembers for itself.
/// </summary>
internal sealed class RedisProofIds(SharedRedis redis, LocalProofIds local) : IUsedProofIds
{
    private static readonly string Script = EmbeddedScripts.Read("use-once.lua");

    public async ValueTask<bool> TryUseAsync(string id, TimeSpan rememberFor, CancellationToken cancellationToken)
    {
        // Here too, so that what was used before Redis went is not good again at the same replica.
        if (!await local.TryUseAsync(id, rememberFor, cancellationToken))
            return false;
        var key = redis.Key("jti", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(..16)));
        return await redis.AskAsync(Script, key, [(long)rememberFor.TotalMilliseconds], cancellationToken) is not { } answer || (int)answer == 1;
    }
}
