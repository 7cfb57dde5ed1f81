using AuthService.LoadTest.Statistics;

namespace AuthService.SystemTests.LoadTest;

/// <summary>Against examples that were computed elsewhere.</summary>
public sealed class StatisticsTests
{
    [Fact]
    public void Signed_ranks_agree_with_the_textbook()
    {
        // Hollander and Wolfe 1973, table 3.1, as in the help of R's wilcox.test: V = 40 of nine pairs; z = 2.0732.
        double[] before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

        var p = Ranks.SignedRank([.. before.Zip(after, (x, y) => x - y)]);

        p.ShouldBe(0.03815, tolerance: 0.0001);
    }

    [Fact]
    public void Signed_ranks_of_ties_share_their_ranks()
    {
        // Ranks 2, 2, 2, 4: W+ = 8 of 10, variance 7.5 − 24/48 = 7, z = 3/√7.
        Ranks.SignedRank([1, -1, 1, 2]).ShouldBe(0.2568, tolerance: 0.0001);
        Ranks.SignedRank([0, 0]).ShouldBe(1);
    }

    [Fact]
    public void Two_samples_a_fifth_apart_have_the_Kolmogorov_probability_of_a_fifth()
    {
        var first = Enumerable.Range(0, 100).Select(i => (double)i).ToList();

        // D = 0.2, λ = (√50 + 0.12 + 0.11/√50) · 0.2 = 1.4413; 2·exp(−2λ²) = 0.0314.
        Ranks.KolmogorovSmirnov(first, [.. first.Select(value => value + 20)]).ShouldBe(0.0314, tolerance: 0.0001);
        Ranks.KolmogorovSmirnov(first, first).ShouldBe(1);
        Ranks.KolmogorovSmirnov(first, [.. first.Select(value => value + 1_000)]).ShouldBeLessThan(1e-12);
    }

    [Fact]
    public void The_bootstrap_finds_the_spread_of_a_median()
    {
        // Of 1,000 evenly spread numbers from 0 to 1 the median's standard deviation is 1/(2√1000) = 0.0158; 99 % lie within 2.576 of them.
        var sample = Enumerable.Range(0, 1_000).Select(i => i / 999.0).ToList();

        var median = Interval.Bootstrap(1_000, drawn => Quantile.Of(drawn.Select(i => sample[i]), 0.5), 0.99, new SeededRandom(1));

        median.Estimate.ShouldBe(0.5, tolerance: 1e-9);
        (median.High - median.Low).ShouldBe(2 * 2.576 * 0.0158, tolerance: 0.01);
    }
}
