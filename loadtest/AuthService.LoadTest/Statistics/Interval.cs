namespace AuthService.LoadTest.Statistics;

/// <summary>An estimate, and between what it lies.</summary>
/// <param name="Estimate">Of the sample.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Interval(double Estimate, double Low, double High)
{
    private const int Resamples = 4_000;

    public bool HoldsZero => Low <= 0 && High >= 0;

    /// <summary>By the percentile bootstrap (Efron 1979).</summary>
    /// <param name="size">Of the sample.</param>
    /// <param name="estimate">Of those numbers of the sample that are drawn.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <param name="random">Draws.</param>
    public static Interval Bootstrap(int size, Func<IReadOnlyList<int>, double> estimate, double confidence, SeededRandom random)
    {
        var drawn = Enumerable.Range(0, size).ToArray();
        var whole = estimate(drawn);
        var estimates = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var i = 0; i < size; i++)
                drawn[i] = random.Below(size);
            estimates[resample] = estimate(drawn);
        }

        var outside = (1 - confidence) / 2;
        return new Interval(whole, Quantile.Of(estimates, outside), Quantile.Of(estimates, 1 - outside));
    }
}
