namespace AuthService.LoadTest.Statistics;

/// <summary>Tests that ask nothing of the shape of a distribution; latencies have none of the usual ones.</summary>
public static class Ranks
{
    /// <summary>
    /// Wilcoxon's signed-rank test: the probability, two-sided, of differences as lopsided as these if neither side were slower.
    /// Normal approximation with correction for ties; zeros are left out (Wilcoxon 1945, Conover 1999 §5.7).
    /// </summary>
    public static double SignedRank(IReadOnlyCollection<double> differences)
    {
        var nonZero = differences.Where(difference => difference != 0).OrderBy(Math.Abs).ToArray();
        double n = nonZero.Length, positive = 0, ties = 0;
        if (n == 0)
            return 1;

        for (int from = 0, to; from < nonZero.Length; from = to)
        {
            for (to = from + 1; to < nonZero.Length && Math.Abs(nonZero[to]) == Math.Abs(nonZero[from]);)
                to++;
            var rank = (from + 1 + to) / 2.0;
            positive += rank * nonZero[from..to].Count(difference => difference > 0);
            ties += Math.Pow(to - from, 3) - (to - from);
        }

        var mean = n * (n + 1) / 4;
        var variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
        return variance == 0 ? 1 : TwoSided((positive - mean) / Math.Sqrt(variance));
    }

    /// <summary>
    /// Kolmogorov and Smirnov's test of two samples: the probability of curves as far apart as these if both came from one
    /// distribution. Asymptotic (Smirnov 1948), with Stephens' correction for the size.
    /// </summary>
    public static double KolmogorovSmirnov(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        double[] a = [.. first.Order()], b = [.. second.Order()];
        double widest = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            var value = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= value)
                i++;
            while (j < b.Length && b[j] <= value)
                j++;
            widest = Math.Max(widest, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }

        var size = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        var lambda = (size + 0.12 + 0.11 / size) * widest;
        double sum = 0;
        for (var k = 1; k <= 100; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * lambda * lambda);
        return lambda < 0.2 ? 1 : Math.Clamp(sum, 0, 1);
    }

    /// <summary>The probability of a standard normal value at least as far from 0 as this.</summary>
    private static double TwoSided(double z) => Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>Complementary error function; relative error below 1.2e-7 (Numerical Recipes, §6.2).</summary>
    private static double Erfc(double x)
    {
        var t = 1 / (1 + 0.5 * x);
        double[] coefficients =
            [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277];
        var polynomial = coefficients.Reverse().Aggregate(0.0, (sum, coefficient) => sum * t + coefficient);
        return t * Math.Exp(-x * x + polynomial);
    }
}
