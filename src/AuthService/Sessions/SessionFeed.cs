using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Sessions;

/// <summary>
/// Reads the changes of sessions that any replica made, in their order, each second and when nudged, and has them take effect here
/// (design §6). What is in memory is good for <see cref="Freshness"/> after the last look; later it fails closed.
/// </summary>
/// <remarks>The last changes stay in memory for watchers; who is further behind reads the database. Bounded, whatever watchers do.</remarks>
internal sealed class SessionFeed(Database database, SessionStates states, SessionNudges nudges, TimeProvider clock, ILogger<SessionFeed> log)
    : BackgroundService
{
    /// <summary>Who keeps an answer learns of a revocation this late at worst (design §6).</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private const int Batch = 1_000;
    internal const int Remembered = 10_000;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Queue<SessionChangeRow> _recent = new();
    private TaskCompletionSource _looked = New();
    private long _sequence;
    private volatile Look _look = new(DateTimeOffset.MinValue, 0);
    private bool _isLost;

    /// <summary>All changes up to this one have taken effect here.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>Until when what is in memory may be answered from. A clock that was set back since does not make it longer.</summary>
    public DateTimeOffset FreshUntil
    {
        get
        {
            var look = _look;
            var (byClock, bySpan) = (look.At + Freshness, clock.GetUtcNow() + Freshness - clock.GetElapsedTime(look.Timestamp));
            return byClock < bySpan ? byClock : bySpan;
        }
    }

    /// <summary>Changes in memory.</summary>
    internal int RememberedNow
    {
        get
        {
            lock (_lock)
                return _recent.Count;
        }
    }

    /// <summary>Completes when the database was looked at the next time, whether there was anything new or not.</summary>
    public Task NextLookAsync() => Volatile.Read(ref _looked).Task;

    /// <summary>Makes sure that what is in memory is fresh; nothing to do, but where the database could not be reached for a while.</summary>
    /// <exception cref="StoreUnavailableException">It still cannot be.</exception>
    public ValueTask CatchUpAsync(CancellationToken cancellationToken) =>
        clock.GetUtcNow() < FreshUntil ? ValueTask.CompletedTask : new ValueTask(LookIfStaleAsync(cancellationToken));

    /// <summary>Changes after a number, in their order; at most <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<SessionChangeRow>> AfterAsync(long sequence, int most, CancellationToken cancellationToken)
    {
        var known = Sequence;
        if (sequence >= known)
            return [];

        lock (_lock)
        {
            if (_recent.TryPeek(out var oldest) && oldest.Sequence <= sequence + 1)
                return [.. _recent.Where(change => change.Sequence > sequence).Take(most)];
        }

        return await database.ReadAsync(
            rows => rows.SessionChanges.Where(row => row.Sequence > sequence && row.Sequence <= known)
                .OrderBy(row => row.Sequence).Take(most).ToListAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>Reads what there is now.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await ReadAsync(cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Nothing is in memory yet: what is read from now on was changed before by all that came up to here.
        var now = Now();
        _sequence = await database.ReadAsync(rows => rows.SessionChanges.MaxAsync(row => (long?)row.Sequence, cancellationToken), cancellationToken) ?? 0;
        _look = now;
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var nudged = nudges.NextAsync();
            try
            {
                await LookAsync(stoppingToken);
                if (_isLost)
                    log.FeedFound(Sequence);
                _isLost = false;
            }
            catch (StoreUnavailableException fault)
            {
                // Once, not each second.
                if (!_isLost)
                    log.FeedLost(FreshUntil, fault);
                _isLost = true;
            }

            using var until = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(nudged, Task.Delay(Period, clock, until.Token));
            await until.CancelAsync();
        }
    }

    private async Task LookIfStaleAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() >= FreshUntil)
                await ReadAsync(cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Before the question: the answer was true then at the latest.
            var (now, after) = (Now(), Sequence);
            var changes = await database.ReadAsync(
                rows => rows.SessionChanges.Where(row => row.Sequence > after).OrderBy(row => row.Sequence).Take(Batch).ToListAsync(cancellationToken),
                cancellationToken);
            foreach (var change in changes)
                states.Apply(change);
            Remember(changes);
            if (changes.Count == Batch)
                continue;

            _look = now;
            Interlocked.Exchange(ref _looked, New()).TrySetResult();
            return;
        }
    }

    private void Remember(List<SessionChangeRow> changes)
    {
        if (changes.Count == 0)
            return;
        lock (_lock)
        {
            foreach (var change in changes)
                _recent.Enqueue(change);
            while (_recent.Count > Remembered)
                _recent.Dequeue();
            Volatile.Write(ref _sequence, changes[^1].Sequence);
        }
    }

    private Look Now() => new(clock.GetUtcNow(), clock.GetTimestamp());

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When the database was asked: by the clock, and by the timestamps that nobody can set but that may stand still with the machine.</summary>
    private sealed record Look(DateTimeOffset At, long Timestamp);
}
