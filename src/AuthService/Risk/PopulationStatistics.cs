using System.Buffers.Binary;
using AuthService.Ecv.Population;
using AuthService.Ecv.Risk;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Risk;

/// <summary>
/// How many distinct accounts share each value: what a login taught is counted in memory, and written down every few seconds. A
/// crash loses those seconds of counting, nothing that anybody was told. Counters of replicas merge, in whatever order.
/// </summary>
public sealed class PopulationStatistics(Keyring keyring, IOptions<RiskOptions> options)
{
    private readonly Lock _lock = new();
    private readonly PopulationTable _table = new(options.Value.ValuesCached);

    /// <summary>What the statistics count of signals and connection, as tokens under the service's key.</summary>
    public IReadOnlyList<PopulationToken> Tokenize(CanonicalSignals signals, SignalConsents consents, ConnectionObservation observation)
    {
        var material = keyring.Current(KeyUse.Population).Mac("authservice/population/1"u8);
        using var key = new EcvKey(material);
        return Tokenizer.TokenizeForPopulation(key, signals, consents, observation);
    }

    /// <summary>How many accounts share these values; what is not in memory is read, once.</summary>
    public async ValueTask<PopulationCounts> LookAsync(
        AuthDbContext rows, IReadOnlyList<PopulationToken> values, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (values.Count == 0)
            return PopulationCounts.Unknown;

        IReadOnlyList<PopulationKey> missing;
        lock (_lock)
            missing = _table.Missing(PopulationKey.Of(values));
        var stored = missing.Count == 0 ? [] : await ReadAsync(rows, missing, cancellationToken);
        lock (_lock)
        {
            foreach (var key in missing)
                _table.Put(key, stored.GetValueOrDefault(Convert.ToHexString(key.Write())));
            return _table.Look(values, PopulationSketch.EpochOf(now));
        }
    }

    /// <summary>Counts an account for values that its login was entitled to teach.</summary>
    public void Count(IReadOnlyList<PopulationToken> values, AccountId account, DateTimeOffset now)
    {
        if (values.Count == 0)
            return;
        var mac = keyring.Current(KeyUse.Population).Mac(Transcript.Of("authservice/population/account/1", account.Value));
        lock (_lock)
            _table.Add(values, BinaryPrimitives.ReadUInt64BigEndian(mac), PopulationSketch.EpochOf(now));
    }

    /// <summary>Writes down what was counted since; returns how many values.</summary>
    internal async Task<int> FlushAsync(Database database, CancellationToken cancellationToken)
    {
        const int most = 100; // a login that waits for the writer waits for one such batch
        List<(PopulationKey Key, byte[] Sketch)> changed;
        lock (_lock)
            changed = [.. _table.TakeChanged(most).Select(entry => (entry.Key, entry.Sketch.Write()))];
        if (changed.Count == 0)
            return 0;

        var merged = await database.WriteAsync(work => MergeAsync(work, changed, cancellationToken), cancellationToken);
        lock (_lock)
        {
            foreach (var (key, sketch) in merged)
                _table.Put(key, sketch);
        }

        return changed.Count;
    }

    /// <summary>Drops the longest unchanged beyond what is kept.</summary>
    internal Task TrimAsync(Database database, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            var surplus = await work.Rows.Population.CountAsync(cancellationToken) - options.Value.ValuesKept;
            if (surplus <= 0)
                return;
            var oldest = work.Rows.Population.OrderBy(row => row.UpdatedAt).Take(surplus).Select(row => row.Key);
            await work.Rows.Population.Where(row => oldest.Contains(row.Key)).ExecuteDeleteAsync(cancellationToken);
        },
        cancellationToken);

    private static async Task<IReadOnlyList<(PopulationKey Key, PopulationSketch Sketch)>> MergeAsync(
        Work work, IReadOnlyList<(PopulationKey Key, byte[] Sketch)> changed, CancellationToken cancellationToken)
    {
        var merged = new List<(PopulationKey, PopulationSketch)>();
        foreach (var (key, bytes) in changed)
        {
            var sketch = PopulationSketch.TryRead(bytes)!;
            var row = await work.Rows.Population.FindAsync([key.Write()], cancellationToken);
            if (row is null)
            {
                work.Rows.Population.Add(new PopulationRow { Key = key.Write(), Sketch = bytes, UpdatedAt = work.Now });
                continue;
            }

            if (PopulationSketch.TryRead(row.Sketch) is { } stored)
                sketch.Merge(stored);
            (row.Sketch, row.UpdatedAt) = (sketch.Write(), work.Now);
            merged.Add((key, sketch));
        }

        return merged;
    }

    private static async Task<Dictionary<string, PopulationSketch>> ReadAsync(
        AuthDbContext rows, IReadOnlyList<PopulationKey> keys, CancellationToken cancellationToken)
    {
        var wanted = keys.Select(key => key.Write()).ToList();
        var found = await rows.Population.AsNoTracking().Where(row => wanted.Contains(row.Key)).ToListAsync(cancellationToken);
        return found
            .Select(row => (Key: Convert.ToHexString(row.Key), Sketch: PopulationSketch.TryRead(row.Sketch)))
            .Where(row => row.Sketch is not null)
            .ToDictionary(row => row.Key, row => row.Sketch!, StringComparer.Ordinal);
    }
}
