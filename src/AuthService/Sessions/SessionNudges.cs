using AuthService.Storage.Redis;
using StackExchange.Redis;

namespace AuthService.Sessions;

/// <summary>
/// Wakes who waits for changes of sessions, in this process and, where there is a Redis, in all replicas. Only hastens: each looks for
/// itself once a second.
/// </summary>
internal sealed class SessionNudges
{
    private readonly SharedRedis _redis;
    private readonly RedisChannel _channel;
    private TaskCompletionSource _next = New();

    public SessionNudges(SharedRedis redis)
    {
        (_redis, _channel) = (redis, redis.Channel("sessions"));
        redis.Subscribe(_channel, Wake);
    }

    /// <summary>Completes with the next nudge.</summary>
    public Task NextAsync() => Volatile.Read(ref _next).Task;

    /// <summary>Something changed. Never throws, never waits.</summary>
    public void Send()
    {
        Wake();
        _redis.Publish(_channel);
    }

    private void Wake() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
