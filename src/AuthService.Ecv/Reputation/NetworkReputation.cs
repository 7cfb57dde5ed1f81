namespace AuthService.Ecv.Reputation;

/// <summary>What a network's logins have come to lately: its failures, and how many identifiers they tried.</summary>
/// <remarks>Not thread-safe. At most a few hundred bytes.</remarks>
public sealed class NetworkReputation
{
    /// <summary>Counting of distinct identifiers stops here.</summary>
    public const int MostIdentifiers = 32;

    private static readonly TimeSpan BreadthWindow = TimeSpan.FromMinutes(10);

    private readonly SlidingCount failures = new();
    private readonly Dictionary<ulong, DateTimeOffset> identifiers = [];

    /// <param name="identifier">A keyed hash of the identifier that was tried, known or not.</param>
    /// <param name="time">When.</param>
    public void Failed(ulong identifier, DateTimeOffset time)
    {
        failures.Add(time);
        Forget(time);
        if (identifiers.Count < MostIdentifiers || identifiers.ContainsKey(identifier))
            identifiers[identifier] = time;
    }

    /// <summary>Failures in the last hour, above what is usual here.</summary>
    public int Failures(DateTimeOffset time) => failures.AboveNorm(time);

    /// <summary>Distinct identifiers that failed from here in the last ten minutes.</summary>
    public int Breadth(DateTimeOffset time)
    {
        Forget(time);
        return identifiers.Count;
    }

    private void Forget(DateTimeOffset time)
    {
        foreach (var identifier in identifiers.Where(tried => time - tried.Value > BreadthWindow).Select(tried => tried.Key).ToList())
            identifiers.Remove(identifier);
    }
}
