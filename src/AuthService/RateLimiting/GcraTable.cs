namespace AuthService.RateLimiting;

/// <summary>
/// The generic cell rate algorithm (ITU-T I.371): of each key it remembers one time, the theoretical arrival time (TAT) of the
/// next call if calls came evenly. A call is refused when that runs ahead of the clock by more than the burst tolerates.
/// </summary>
/// <remarks>
/// Bounded: a full table first drops keys whose time has passed (they owe nothing), then those that owe the least. Who floods it
/// with keys makes it forget the light callers, never the heavy ones. Thread-safe.
/// </remarks>
internal sealed class GcraTable(Rate rate, int capacity)
{
    private const int Shards = 16;

    private readonly Shard[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new Shard())];
    private readonly int _capacityOfShard = Math.Max(1, capacity / Shards);

    public int Count => _shards.Sum(shard => shard.Count);

    /// <summary>Takes one call's worth, or says how long to wait. A refused call takes nothing.</summary>
    public bool TryTake(string key, DateTimeOffset now, out TimeSpan retryAfter)
    {
        var shard = _shards[(uint)string.GetHashCode(key, StringComparison.Ordinal) % Shards];
        lock (shard.Lock)
        {
            var arrival = shard.Arrivals.TryGetValue(key, out var remembered) && remembered > now ? remembered : now;
            var ahead = arrival - now;
            if (ahead > rate.Tolerance)
            {
                retryAfter = ahead - rate.Tolerance;
                return false;
            }

            if (shard.Arrivals.Count >= _capacityOfShard && !shard.Arrivals.ContainsKey(key))
                shard.MakeRoom(now);

            shard.Arrivals[key] = arrival + rate.Interval;
            retryAfter = TimeSpan.Zero;
            return true;
        }
    }

    private sealed class Shard
    {
        public Lock Lock { get; } = new();

        public Dictionary<string, DateTimeOffset> Arrivals { get; } = new(StringComparer.Ordinal);

        public int Count
        {
            get
            {
                lock (Lock)
                    return Arrivals.Count;
            }
        }

        /// <summary>Drops an eighth of the keys at once, so that the search for them is paid once in many calls.</summary>
        public void MakeRoom(DateTimeOffset now)
        {
            var leastOwed = Arrivals.OrderBy(entry => entry.Value).Take(Math.Max(1, Arrivals.Count / 8));
            var passed = Arrivals.Where(entry => entry.Value <= now);
            foreach (var (key, _) in passed.Union(leastOwed).ToList())
                Arrivals.Remove(key);
        }
    }
}
