namespace AuthService.Risk;

/// <summary>
/// Sessions whose refresh was refused for its surroundings within the last half hour, by the network that it came from. Bounded: a full
/// table forgets the oldest first. Not thread-safe.
/// </summary>
/// <param name="capacity">The most that are remembered.</param>
internal sealed class RefusedRefreshes(int capacity)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(30);
    private readonly Dictionary<(ulong Account, ulong Network, ulong Session), DateTimeOffset> _known = [];

    public int Count => _known.Count;

    public void Remember(ulong account, ulong network, ulong session, DateTimeOffset now)
    {
        if (_known.Count >= capacity)
        {
            foreach (var (oldest, _) in _known.OrderBy(entry => entry.Value).Take(Math.Max(1, capacity / 8)).ToList())
                _known.Remove(oldest);
        }

        _known[(account, network, session)] = now + s_kept;
    }

    public bool Holds(ulong account, ulong network, ulong session, DateTimeOffset now) =>
        _known.TryGetValue((account, network, session), out var until) && until > now;

    /// <summary>It was the owner: on this network, or, where none is given, on any.</summary>
    public void Forget(ulong account, ulong? network)
    {
        foreach (var key in _known.Keys.Where(key => key.Account == account && (network is null || key.Network == network)).ToList())
            _known.Remove(key);
    }
}
