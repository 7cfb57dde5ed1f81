using AuthService.Ecv.Risk;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Population;

/// <summary>
/// Statistics in memory: how many distinct accounts share each value. Bounded: when it is full, the values that were longest not
/// looked at or added to fade first. Not thread-safe.
/// </summary>
public sealed class PopulationTable(int capacity)
{
    private readonly Dictionary<PopulationKey, Entry> entries = [];
    private long uses;

    public int Count => entries.Count;

    /// <summary>Counts of these values, as the engine takes them. Reading keeps a value from fading.</summary>
    public PopulationCounts Look(IReadOnlyList<PopulationToken> values, ushort epoch)
    {
        var counts = new List<(Characteristics.CharacteristicKind, int, long, long)>(values.Count);
        foreach (var value in values)
            counts.Add((value.Kind, value.Level, Accounts(PopulationKey.Of(value), epoch), Accounts(PopulationKey.OfParent(value), epoch)));
        return new PopulationCounts(counts);
    }

    /// <summary>Counts an account for these values and their parents. Only what a login was entitled to teach should come here.</summary>
    public void Add(IReadOnlyList<PopulationToken> values, ulong accountHash, ushort epoch)
    {
        foreach (var key in PopulationKey.Of(values))
        {
            if (!entries.TryGetValue(key, out var entry))
            {
                if (entries.Count >= capacity)
                    MakeRoom();
                entries[key] = entry = new Entry(new PopulationSketch());
            }

            entry.LastUse = ++uses;
            entry.Add(accountHash, epoch);
        }
    }

    /// <summary>Which of these keys the table does not hold, and a store might.</summary>
    public IReadOnlyList<PopulationKey> Missing(IEnumerable<PopulationKey> keys) => [.. keys.Where(key => !entries.ContainsKey(key))];

    /// <summary>Puts in what a store holds, or null for what it does not: then it need not be asked again.</summary>
    public void Put(PopulationKey key, PopulationSketch? stored)
    {
        if (entries.TryGetValue(key, out var known))
        {
            if (stored is not null)
                known.Merge(stored);
            return;
        }

        if (entries.Count >= capacity)
            MakeRoom();
        entries[key] = new Entry(stored ?? new PopulationSketch()) { LastUse = ++uses };
    }

    /// <summary>What changed since it was last taken, at most so many.</summary>
    public IReadOnlyList<(PopulationKey Key, PopulationSketch Sketch)> TakeChanged(int most)
    {
        var changed = entries.Where(entry => entry.Value.HasChanged).Take(most).ToList();
        foreach (var (_, entry) in changed)
            entry.HasChanged = false;
        return [.. changed.Select(entry => (entry.Key, entry.Value.Sketch))];
    }

    private long Accounts(PopulationKey key, ushort epoch)
    {
        if (!entries.TryGetValue(key, out var entry))
            return 0;
        entry.LastUse = ++uses;
        return entry.Accounts(epoch);
    }

    /// <summary>Drops an eighth at once, so that the search for the least used is paid once in many additions.</summary>
    private void MakeRoom()
    {
        foreach (var (key, _) in entries.OrderBy(entry => entry.Value.LastUse).Take(Math.Max(1, capacity / 8)).ToList())
            entries.Remove(key);
    }

    /// <summary>An estimate walks a thousand registers, so it is kept until something changes it.</summary>
    private sealed class Entry(PopulationSketch sketch)
    {
        private (ushort Epoch, long Accounts)? estimate;

        public PopulationSketch Sketch { get; } = sketch;

        public long LastUse { get; set; }

        public bool HasChanged { get; set; }

        public void Add(ulong accountHash, ushort epoch)
        {
            if (!Sketch.Add(accountHash, epoch))
                return;
            HasChanged = true;
            estimate = null;
        }

        public void Merge(PopulationSketch stored)
        {
            Sketch.Merge(stored);
            estimate = null;
        }

        public long Accounts(ushort epoch)
        {
            if (estimate is not { } known || known.Epoch != epoch)
                estimate = known = (epoch, Sketch.Accounts(epoch));
            return known.Accounts;
        }
    }
}
