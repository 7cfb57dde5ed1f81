using AuthService.Hosting.Calls;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Audit;

/// <summary>
/// What anybody can cause as often as he likes (calls over a limit, bad tokens, garbage) becomes one event per network, kind and
/// minute, with a count: the log tells of a flood, and is not flooded.
/// </summary>
/// <remarks>The counts of at most one minute are in memory only. No change hangs on them.</remarks>
internal sealed class CountedEvents(Database database, NetworkTokens networks, TimeProvider clock, ILogger<CountedEvents> log)
    : BackgroundService
{
    /// <summary>Networks told apart within a minute; further ones are counted together.</summary>
    internal const int MaxKeys = 10_000;

    /// <summary>Events of one transaction.</summary>
    internal const int AtOnce = 200;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<Key, long> _counts = [];

    public void Note(EventType type, Call call, string reason)
    {
        var key = new Key(type, call.Rule.Rpc.Value, reason, call.Network.LimitKey);
        lock (_lock)
            Add(key, 1);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FlushAsync(stoppingToken);
    }

    /// <summary>Writes what has come together. What cannot be written is kept for the next time.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        KeyValuePair<Key, long>[] noted;
        lock (_lock)
        {
            noted = [.. _counts];
            _counts = [];
        }

        var written = 0;
        try
        {
            // In pieces: whoever logs in meanwhile waits for one of them, not for all.
            foreach (var piece in noted.Chunk(AtOnce))
            {
                await WriteAsync(piece, cancellationToken);
                written += piece.Length;
            }
        }
        catch (Exception fault) when (fault is StoreUnavailableException or OperationCanceledException)
        {
            log.NotWritten(noted.Length - written, fault);
            lock (_lock)
            {
                foreach (var (key, count) in noted.AsSpan(written))
                    Add(key, count);
            }
        }
    }

    private Task WriteAsync(KeyValuePair<Key, long>[] piece, CancellationToken cancellationToken) => database.WriteAsync(
        work =>
        {
            foreach (var (key, count) in piece)
                work.Append(Row(key, count, work.Now));
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>However many networks there are, their number is bounded and none of their calls goes uncounted.</summary>
    private void Add(Key key, long count)
    {
        if (_counts.Count >= MaxKeys && !_counts.ContainsKey(key))
            key = key with { Network = "" };
        _counts[key] = _counts.GetValueOrDefault(key) + count;
    }

    private AuditEventRow Row(Key key, long count, DateTimeOffset at) => new()
    {
        Id = AuditTrail.NewId(clock),
        At = at,
        Type = (int)key.Type,
        Rpc = key.Rpc,
        Reason = key.Reason,
        NetworkToken = key.Network.Length == 0 ? null : networks.TokenOf(key.Network, at),
        Count = count,
    };

    private readonly record struct Key(EventType Type, string Rpc, string Reason, string Network);
}
