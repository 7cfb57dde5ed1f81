using AuthService.Ecv.Risk;

namespace AuthService.Ecv.Reputation;

/// <summary>
/// Failures of networks, accounts and devices in sliding windows. Bounded: when a table is full, those that were quiet longest go
/// first, so that who floods it with new addresses makes it forget the quiet, not the busy. Not thread-safe.
/// </summary>
/// <param name="capacity">The most networks, and the most accounts and devices, that are remembered.</param>
public sealed class ReputationTable(int capacity)
{
    private readonly Dictionary<ulong, (NetworkReputation Reputation, DateTimeOffset LastAt)> networks = [];
    private readonly Dictionary<ulong, (SlidingCount Count, DateTimeOffset LastAt)> targets = [];

    public int Count => networks.Count + targets.Count;

    /// <summary>A login failed. Keys are keyed hashes; a device only if it proved itself.</summary>
    public void Failed(ulong network, ulong identifier, ulong? device, DateTimeOffset time)
    {
        var known = networks.GetValueOrDefault(network).Reputation;
        if (known is null)
        {
            MakeRoom(networks, entry => entry.LastAt);
            known = new NetworkReputation();
        }

        known.Failed(identifier, time);
        networks[network] = (known, time);
        CountFailure(identifier, time);
        if (device is { } proven)
            CountFailure(proven, time);
    }

    /// <summary>Fills in what is known of a call's network, account and device.</summary>
    public CallFacts Describe(CallFacts facts, ulong network, ulong identifier, ulong? device, DateTimeOffset time)
    {
        var known = networks.GetValueOrDefault(network).Reputation;
        return facts with
        {
            NetworkFailures = known?.Failures(time) ?? 0,
            IdentifiersFailing = known?.Breadth(time) ?? 0,
            AccountFailures = targets.GetValueOrDefault(identifier).Count?.AboveNorm(time) ?? 0,
            DeviceFailures = device is { } proven ? targets.GetValueOrDefault(proven).Count?.AboveNorm(time) ?? 0 : 0,
        };
    }

    /// <summary>Takes back the failures of an account. Those of the networks that they came from stay: they are no fault of the account's.</summary>
    public void Forget(ulong identifier) => targets.Remove(identifier);

    private void CountFailure(ulong target, DateTimeOffset time)
    {
        var known = targets.GetValueOrDefault(target).Count;
        if (known is null)
        {
            MakeRoom(targets, entry => entry.LastAt);
            known = new SlidingCount();
        }

        known.Add(time);
        targets[target] = (known, time);
    }

    /// <summary>Drops an eighth at once, so that the search for the quietest is paid once in many calls.</summary>
    private void MakeRoom<T>(Dictionary<ulong, T> table, Func<T, DateTimeOffset> lastAt)
    {
        if (table.Count < capacity)
            return;
        foreach (var (key, _) in table.OrderBy(entry => lastAt(entry.Value)).Take(Math.Max(1, capacity / 8)).ToList())
            table.Remove(key);
    }
}
