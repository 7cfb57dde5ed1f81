using AuthService.LoadTest.Statistics;

namespace AuthService.LoadTest.LoginOracle;

/// <summary>What sets unknown identifiers apart from known ones, if anything does. Times in microseconds, unknown minus known.</summary>
/// <param name="Name">Of the comparison.</param>
/// <param name="Pairs">How many pairs it rests on.</param>
/// <param name="Median">Of the differences within pairs, with 99 % confidence.</param>
/// <param name="Fast">
/// Between the fastest fifths of each side, at their upper ends: what those use who measure over noise (Crosby, Wallach, Riedi 2009,
/// §5). With 99.8 % confidence.
/// </param>
/// <param name="SignedRank">p of Wilcoxon's test of the differences within pairs.</param>
/// <param name="KolmogorovSmirnov">p of the test of the two distributions as wholes.</param>
internal sealed record Comparison(string Name, int Pairs, Interval Median, Interval Fast, double SignedRank, double KolmogorovSmirnov)
{
    /// <summary>Chosen before anything was measured. With three tests, about four honest services in a thousand are suspected.</summary>
    private const double Significance = 0.001;

    private const double FastestFifth = 0.2;

    public bool ToldApart => SignedRank < Significance || KolmogorovSmirnov < Significance || !Fast.HoldsZero;

    public static Comparison Of(
        string name, IReadOnlyList<Observation> known, IReadOnlyList<Observation> unknown, Func<Observation, double> time, SeededRandom random)
    {
        double[] a = [.. known.Select(time)], b = [.. unknown.Select(time)];
        double[] differences = [.. b.Zip(a, (second, first) => second - first)];
        return new Comparison(
            name,
            a.Length,
            Interval.Bootstrap(a.Length, drawn => Quantile.Of(drawn.Select(at => differences[at]), 0.5), 0.99, random),
            Interval.Bootstrap(
                a.Length,
                drawn => Quantile.Of(drawn.Select(at => b[at]), FastestFifth) - Quantile.Of(drawn.Select(at => a[at]), FastestFifth),
                1 - 2 * Significance,
                random),
            Ranks.SignedRank(differences),
            Ranks.KolmogorovSmirnov(a, b));
    }
}
