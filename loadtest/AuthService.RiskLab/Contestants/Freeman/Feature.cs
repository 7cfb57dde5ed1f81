namespace AuthService.RiskLab.Contestants.Freeman;

/// <summary>A feature at several levels from fine to coarse, interpolated linearly.</summary>
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

    /// <summary>p(x|u,L): one person's, which is not smoothed.</summary>
    public double OfPerson(ReadOnlySpan<string> values) => CoarserAnd(_levels[0].Share(values[0]), values);

    /// <summary>p(x): everybody's, whose finest level is smoothed; as many values are unseen as the coarser levels know, and one.</summary>
    public double OfAll(ReadOnlySpan<string> values) =>
        CoarserAnd(_levels[0].Smoothed(values[0], 1 + _levels[1..].Sum(level => level.Distinct)), values);

    private double CoarserAnd(double finest, ReadOnlySpan<string> values)
    {
        var sum = _weights[0] * finest;
        for (var level = 1; level < _levels.Length; level++)
            sum += _weights[level] * _levels[level].Share(values[level]);
        return sum;
    }
}
