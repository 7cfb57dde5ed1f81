namespace AuthService.Storage.Redis;

/// <summary>Section <c>Redis</c>: what replicas share that may be lost.</summary>
public sealed class RedisOptions
{
    /// <summary>
    /// Servers and settings, as StackExchange.Redis writes them: <c>redis-1:6379,redis-2:6379,ssl=true,password=…</c>. Without, limits,
    /// proof ids and recent logins are remembered by each replica for itself, and changes of sessions reach the others within a second.
    /// </summary>
    public string? Configuration { get; set; }

    /// <summary>Before every key and channel: deployments may share a Redis. Default <c>authservice</c>.</summary>
    public string KeyPrefix { get; set; } = "authservice";

    /// <summary>How long a call waits for Redis before it goes on without. Default 250 ms.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(250);
}
