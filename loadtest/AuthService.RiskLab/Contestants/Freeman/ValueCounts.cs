namespace AuthService.RiskLab.Contestants.Freeman;

/// <summary>How often each value of one level was seen, smoothed as Freeman et al. (NDSS 2016, §IV) do.</summary>
internal sealed class ValueCounts
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _total;

    public void Add(string value)
    {
        _counts[value] = _counts.GetValueOrDefault(value) + 1;
        _total++;
    }

    /// <summary>With N seen in all and M values among them: (c/N)(1 − M/(N+M)) for a value seen c times, 1/(N+M) for any other.</summary>
    public double Probability(string value)
    {
        double n = _total, m = _counts.Count;
        if (_counts.TryGetValue(value, out var count))
            return count / n * (1 - (m / (n + m)));

        return n + m > 0 ? 1 / (n + m) : 1;
    }
}
