using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AuthService.Storage.Redis;

/// <summary>
/// The Redis of all replicas, if one is configured. Nothing is kept there that may not be lost: while it cannot be reached, who asks
/// goes on without, at once.
/// </summary>
public sealed class SharedRedis : IAsyncDisposable
{
    private readonly RedisOptions _options;
    private readonly ILogger<SharedRedis> _log;
    private readonly Lazy<ConnectionMultiplexer?> _connection;
    private long _toldAt;
    private long _askAgainAt;

    public SharedRedis(IOptions<RedisOptions> options, ILogger<SharedRedis> log)
    {
        (_options, _log) = (options.Value, log);
        _connection = new Lazy<ConnectionMultiplexer?>(Connect);
    }

    /// <summary>Whether there is one to share anything by.</summary>
    public bool IsConfigured => _options.Configuration is { Length: > 0 };

    /// <summary>The key of something; what is in braces decides over its slot in a cluster.</summary>
    public RedisKey Key(string kind, string name) => $"{_options.KeyPrefix}:{kind}:{{{name}}}";

    public RedisChannel Channel(string name) => RedisChannel.Literal($"{_options.KeyPrefix}:{name}");

    /// <summary>Asks something.</summary>
    /// <returns>Null if Redis is not there, or does not answer in time.</returns>
    /// <exception cref="OperationCanceledException">The asker gave up; whether Redis did it is not known.</exception>
    public ValueTask<RedisResult?> AskAsync(string script, RedisKey key, RedisValue[] arguments, CancellationToken cancellationToken) =>
        TryAsync<RedisResult?>(async redis => await redis.GetDatabase().ScriptEvaluateAsync(script, [key], arguments), cancellationToken);

    /// <inheritdoc cref="AskAsync"/>
    /// <summary>Does something that has an answer.</summary>
    internal async ValueTask<T?> TryAsync<T>(Func<IConnectionMultiplexer, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (_connection.Value is not { IsConnected: true } connection || Environment.TickCount64 < Volatile.Read(ref _askAgainAt))
            return default;
        try
        {
            return await ask(connection).WaitAsync(_options.Patience, cancellationToken);
        }
        catch (Exception fault) when (fault is RedisException or RedisTimeoutException or TimeoutException)
        {
            // One that hangs is left alone for a second, so that not every call waits for it. One that refuses answers at once.
            if (fault is not RedisServerException)
                Volatile.Write(ref _askAgainAt, Environment.TickCount64 + 1_000);
            Tell(fault);
            return default;
        }
    }

    /// <summary>Tells all replicas something, this one too. Never waits; may be lost.</summary>
    public void Publish(RedisChannel channel)
    {
        if (_connection.Value is { IsConnected: true } connection)
            connection.GetSubscriber().Publish(channel, RedisValue.EmptyString, CommandFlags.FireAndForget);
    }

    /// <summary>Hears what any replica tells; taken up again by itself when Redis comes back.</summary>
    public void Subscribe(RedisChannel channel, Action heard) =>
        _connection.Value?.GetSubscriber().Subscribe(channel, (_, _) => heard(), CommandFlags.FireAndForget);

    public async ValueTask DisposeAsync()
    {
        if (_connection is { IsValueCreated: true, Value: { } connection })
            await connection.DisposeAsync();
    }

    private ConnectionMultiplexer? Connect()
    {
        if (!IsConfigured)
            return null;

        var configuration = ConfigurationOptions.Parse(_options.Configuration!);
        // The service starts, and goes on, without it; the library looks for it again and again.
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectTimeout = 1_000;
        configuration.KeepAlive = 5;
        configuration.ReconnectRetryPolicy = new LinearRetry(500);
        configuration.ClientName ??= "authservice";
        return ConnectionMultiplexer.Connect(configuration);
    }

    /// <summary>Once in ten seconds: a lost Redis fails every call.</summary>
    private void Tell(Exception fault)
    {
        var (now, told) = (Environment.TickCount64, Volatile.Read(ref _toldAt));
        if (now - told > 10_000 && Interlocked.CompareExchange(ref _toldAt, now, told) == told)
            _log.RedisLost(fault);
    }
}
