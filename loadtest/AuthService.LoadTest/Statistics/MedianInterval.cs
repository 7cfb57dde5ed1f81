namespace AuthService.LoadTest.Statistics;

/// <summary>A median, and where it lies with 99 % confidence.</summary>
/// <param name="Median">Of the sample.</param>
/// <param name="Low">0.5 % of resampled medians are lower.</param>
/// <param name="High">0.5 % are higher.</param>
public readonly record struct MedianInterval(double Median, double Low, double High)
{
    private const int Resamples = 2_000;

    /// <summary>By the percentile bootstrap (Efron 1979).</summary>
    public static MedianInterval Of(IReadOnlyList<double> sample, SeededRandom random)
    {
        var medians = new double[Resamples];
        var drawn = new double[sample.Count];
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var i = 0; i < drawn.Length; i++)
                drawn[i] = sample[random.Below(drawn.Length)];
            medians[resample] = MedianOf(drawn);
        }

        Array.Sort(medians);
        return new MedianInterval(MedianOf([.. sample]), medians[(int)(Resamples * 0.005)], medians[(int)(Resamples * 0.995)]);
    }

    /// <summary>Sorts <paramref name="sample"/>.</summary>
    public static double MedianOf(double[] sample)
    {
        Array.Sort(sample);
        var middle = sample.Length / 2;
        return sample.Length % 2 == 1 ? sample[middle] : (sample[middle - 1] + sample[middle]) / 2;
    }
}
