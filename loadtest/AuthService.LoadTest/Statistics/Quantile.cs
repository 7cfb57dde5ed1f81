namespace AuthService.LoadTest.Statistics;

public static class Quantile
{
    /// <param name="sample">In any order.</param>
    /// <param name="share">0 for the least, 0.5 for the median, 1 for the greatest; between two values, by their distance.</param>
    public static double Of(IEnumerable<double> sample, double share)
    {
        double[] sorted = [.. sample.Order()];
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }
}
