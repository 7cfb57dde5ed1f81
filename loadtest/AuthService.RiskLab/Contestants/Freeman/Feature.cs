namespace AuthService.RiskLab.Contestants.Freeman;

/// <summary>A feature at several levels, interpolated linearly.</summary>
internal sealed class Feature
{
    /// <summary>Address, operator, country: Freeman et al.'s weights.</summary>
    public static readonly IReadOnlyList<double> Address = [0.6, 0.3, 0.1];

    /// <summary>Whole string, browser with version, system with version, type of device: Wiefling et al.'s weights.</summary>
    public static readonly IReadOnlyList<double> Agent = [0.5387, 0.2680, 0.1882, 0.0051];

    private readonly IReadOnlyList<double> _weights;
    private readonly ValueCounts[] _levels;

    public Feature(IReadOnlyList<double> weights)
    {
        _weights = weights;
        _levels = [.. weights.Select(_ => new ValueCounts())];
    }

    public void Add(ReadOnlySpan<string> values)
    {
        for (var level = 0; level < _levels.Length; level++)
            _levels[level].Add(values[level]);
    }

    public double Probability(ReadOnlySpan<string> values)
    {
        var sum = 0.0;
        for (var level = 0; level < _levels.Length; level++)
            sum += _weights[level] * _levels[level].Probability(values[level]);
        return sum;
    }
}
