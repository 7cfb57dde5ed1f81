using System.Collections.Immutable;

namespace AuthService.Ecv.Risk;

/// <summary>
/// The doubts of the last half hour, by account and network. Whoever has the password and tries which signals to leave out keeps
/// the doubts that the first try raised. Bounded: a full table forgets the oldest first. Not thread-safe.
/// </summary>
/// <param name="capacity">The most accounts and networks that are remembered.</param>
public sealed class DoubtTable(int capacity)
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly Dictionary<ulong, (DateTimeOffset Until, ImmutableArray<(RememberedDoubt Doubt, DateTimeOffset Until)> Doubts)> known = [];

    public int Count => known.Count;

    /// <summary>Notes what an attempt showed that was not allowed though its secret was right.</summary>
    /// <param name="key">A keyed hash of account and network.</param>
    /// <param name="verdict">What was decided.</param>
    /// <param name="time">When.</param>
    public void Remember(ulong key, RiskVerdict verdict, DateTimeOffset time)
    {
        var fresh = RememberedDoubt.Of(verdict);
        if (fresh.IsEmpty)
            return;

        if (!known.ContainsKey(key) && known.Count >= capacity)
            MakeRoom();
        var until = time + Kept;
        var all = Live(key, time).Concat(fresh.Select(doubt => (Doubt: doubt, Until: until)));
        known[key] = (until, [.. all
            .GroupBy(entry => entry.Doubt.Source)
            .Select(same => same.OrderByDescending(entry => entry.Doubt.Millibits).ThenByDescending(entry => entry.Until).First())]);
    }

    /// <summary>What is still doubted.</summary>
    public ImmutableArray<RememberedDoubt> Recall(ulong key, DateTimeOffset time) => [.. Live(key, time).Select(entry => entry.Doubt)];

    /// <summary>It was the owner: a step-up was passed.</summary>
    public void Forget(ulong key) => known.Remove(key);

    private IEnumerable<(RememberedDoubt Doubt, DateTimeOffset Until)> Live(ulong key, DateTimeOffset time) =>
        known.TryGetValue(key, out var entry) ? entry.Doubts.Where(doubt => doubt.Until > time) : [];

    /// <summary>Drops an eighth at once, so that the search for the oldest is paid once in many attempts.</summary>
    private void MakeRoom()
    {
        foreach (var (key, _) in known.OrderBy(entry => entry.Value.Until).Take(Math.Max(1, capacity / 8)).ToList())
            known.Remove(key);
    }
}
