using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using System.Threading.RateLimiting;
using AuthService.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace AuthService.RateLimiting;

/// <summary>
/// Counts the calls that are under way: those of each caller, and those of all. Nobody waits in a line here: what does not fit is refused
/// at once.
/// </summary>
/// <remarks>
/// A caller is known for as long as a call of his is under way, and the calls of all are bounded, so the table is. The framework's
/// <c>PartitionedRateLimiter</c> keeps a limiter of each caller for ten seconds more, however many come: who changes his address with each call
/// would fill the memory. Thread-safe.
/// </remarks>
public sealed class CallsInFlight : IDisposable
{
    private const int Shards = 16;

    private readonly ConcurrencyOptions _options;
    private readonly ConcurrencyLimiter _calls;
    private readonly ConcurrencyLimiter _streams;
    private readonly Dictionary<CallerKey, int>[] _callers = [.. Enumerable.Range(0, Shards).Select(_ => new Dictionary<CallerKey, int>())];
    private readonly Meter _meter;
    private readonly Counter<long> _refusals;

    internal CallsInFlight(IOptions<ConcurrencyOptions> options, IMeterFactory meters)
    {
        _options = options.Value;
        _calls = Limiter(_options.Calls);
        _streams = Limiter(_options.Streams);
        _meter = meters.Create(ServiceMeter.Name);
        _refusals = _meter.CreateCounter<long>("authservice.concurrency.refused", "{call}", "Calls refused since too many were under way, by limit.");
        _meter.CreateObservableGauge("authservice.concurrency.calls", () => _options.Calls - Free(_calls), "{call}", "Calls under way.");
        _meter.CreateObservableGauge("authservice.concurrency.streams", () => _options.Streams - Free(_streams), "{call}", "Streams under way.");
    }

    /// <summary>Callers that have a call under way.</summary>
    internal int CallersKnown => _callers.Sum(shard =>
    {
        lock (shard)
            return shard.Count;
    });

    /// <summary>A call arrives; nothing is counted of it yet.</summary>
    internal CallInFlight Arrive() => new(this);

    public void Dispose()
    {
        _calls.Dispose();
        _streams.Dispose();
        _meter.Dispose();
    }

    /// <summary>A place among the calls of all, or null.</summary>
    internal RateLimitLease? Enter(bool isStream)
    {
        var lease = (isStream ? _streams : _calls).AttemptAcquire();
        if (lease.IsAcquired)
            return lease;
        Refused(isStream ? "Streams" : "Calls");
        return null;
    }

    internal bool TryAdd(CallerKey caller)
    {
        var shard = ShardOf(caller);
        lock (shard)
        {
            ref var calls = ref CollectionsMarshal.GetValueRefOrAddDefault(shard, caller, out _);
            if (calls < _options[caller])
            {
                calls++;
                return true;
            }
        }

        Refused(caller.LimitName);
        return false;
    }

    internal void Remove(CallerKey caller)
    {
        var shard = ShardOf(caller);
        lock (shard)
        {
            ref var calls = ref CollectionsMarshal.GetValueRefOrNullRef(shard, caller);
            if (--calls == 0)
                shard.Remove(caller);
        }
    }

    private static ConcurrencyLimiter Limiter(int places) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = places, QueueLimit = 0, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    private static int Free(ConcurrencyLimiter limiter) => (int)limiter.GetStatistics()!.CurrentAvailablePermits;

    private Dictionary<CallerKey, int> ShardOf(CallerKey caller) => _callers[(uint)caller.GetHashCode() % Shards];

    private void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
