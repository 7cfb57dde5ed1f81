namespace AuthService.RiskLab.Contestants.Freeman;

/// <summary>How often each value of one level was seen.</summary>
internal sealed class ValueCounts
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _total;

    public int Distinct => _counts.Count;

    public void Add(string value)
    {
        _counts[value] = _counts.GetValueOrDefault(value) + 1;
        _total++;
    }

    /// <summary>c/N.</summary>
    public double Share(string value) => _total == 0 ? 0 : (double)_counts.GetValueOrDefault(value) / _total;

    /// <summary>(c/N)(1 − M/(N+M)) for a value seen c times among N, 1/(N+M) for one never seen, of which there are M.</summary>
    public double Smoothed(string value, int unseen)
    {
        double n = _total, m = unseen;
        return _counts.ContainsKey(value) ? Share(value) * (1 - (m / (n + m))) : 1 / (n + m);
    }
}
