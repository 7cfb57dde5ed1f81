using System.Collections.Immutable;

namespace AuthService.Ecv.Risk;

/// <summary>Whose doubts, and where they were raised.</summary>
/// <param name="Account">A keyed hash of the account.</param>
/// <param name="Network">A keyed hash of its network.</param>
public readonly record struct DoubtKey(ulong Account, ulong Network);

/// <summary>
/// The doubts of the last half hour, by account and network. Whoever has the password and tries which signals to leave out keeps
/// the doubts that the first try raised. Bounded: a full table forgets the oldest first. Not thread-safe.
/// </summary>
/// <param name="capacity">The most accounts and networks that are remembered.</param>
public sealed class DoubtTable(int capacity)
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly Dictionary<DoubtKey, (DateTimeOffset Until, ImmutableArray<(RememberedDoubt Doubt, DateTimeOffset Until)> Doubts)> known = [];

    public int Count => known.Count;

    /// <summary>Notes what an attempt showed that was not allowed though its secret was right.</summary>
    /// <param name="key">Whose, and from where.</param>
    /// <param name="verdict">What was decided.</param>
    /// <param name="time">When.</param>
    public void Remember(DoubtKey key, RiskVerdict verdict, DateTimeOffset time)
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
            .Select(same => (same.MaxBy(entry => entry.Doubt.Millibits).Doubt, same.Max(entry => entry.Until)))]);
    }

    /// <summary>What is still doubted.</summary>
    public ImmutableArray<RememberedDoubt> Recall(DoubtKey key, DateTimeOffset time) => [.. Live(key, time).Select(entry => entry.Doubt)];

    /// <summary>It was the owner: a step-up was passed.</summary>
    public void Forget(DoubtKey key) => known.Remove(key);

    /// <summary>All of an account. Looks at every entry: for what is rare.</summary>
    public void ForgetAccount(ulong account)
    {
        foreach (var key in known.Keys.Where(key => key.Account == account).ToList())
            known.Remove(key);
    }

    private IEnumerable<(RememberedDoubt Doubt, DateTimeOffset Until)> Live(DoubtKey key, DateTimeOffset time) =>
        known.TryGetValue(key, out var entry) ? entry.Doubts.Where(doubt => doubt.Until > time) : [];

    /// <summary>Drops an eighth at once, so that the search for the oldest is paid once in many attempts.</summary>
    private void MakeRoom()
    {
        foreach (var (key, _) in known.OrderBy(entry => entry.Value.Until).Take(Math.Max(1, capacity / 8)).ToList())
            known.Remove(key);
    }
}
