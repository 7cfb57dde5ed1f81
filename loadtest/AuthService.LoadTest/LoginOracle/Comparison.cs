using AuthService.LoadTest.Statistics;

namespace AuthService.LoadTest.LoginOracle;

/// <summary>What sets unknown identifiers apart from known ones, if anything does.</summary>
/// <param name="Name">Of the comparison.</param>
/// <param name="Blocks">How many pairs it rests on.</param>
/// <param name="Difference">Unknown minus known, in microseconds: the median within blocks, and its 99 % interval.</param>
/// <param name="SignedRank">p of Wilcoxon's test of the differences within blocks.</param>
/// <param name="KolmogorovSmirnov">p of the test of the two distributions as wholes.</param>
internal sealed record Comparison(string Name, int Blocks, MedianInterval Difference, double SignedRank, double KolmogorovSmirnov)
{
    /// <summary>
    /// Chosen before anything was measured. The test of differences is the sharper one by far, and decides together with the other,
    /// which sees what a median does not: so two times in a thousand it is wrong about an honest service.
    /// </summary>
    private const double Significance = 0.001;

    public bool ToldApart => SignedRank < Significance || KolmogorovSmirnov < Significance;

    public static Comparison Of(
        string name, IReadOnlyList<Observation> known, IReadOnlyList<Observation> unknown, Func<Observation, double> time, SeededRandom random)
    {
        double[] a = [.. known.Select(time)], b = [.. unknown.Select(time)];
        double[] differences = [.. b.Zip(a, (second, first) => second - first)];
        return new Comparison(name, a.Length, MedianInterval.Of(differences, random), Ranks.SignedRank(differences), Ranks.KolmogorovSmirnov(a, b));
    }
}
