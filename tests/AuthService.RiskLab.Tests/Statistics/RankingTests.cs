using AuthService.RiskLab.Statistics;

namespace AuthService.RiskLab.Tests.Statistics;

public class RankingTests
{
    [Fact]
    public void One_threshold_for_all_then_the_rate_person_by_person()
    {
        var ranking = new Ranking(
            attacks: [(1, 1), (5, 1), (6, 2), (7, 2)],
            logins: [(0, 1), (5, 1), (0, 2), (0, 2), (9, 2), (0, 2)]);

        // Three of four attacks score at or above 5. Anna reaches it with one of two logins, Bert with one of four.
        ranking.Rate(0.75).ShouldBe((0.375, 0.375));
        ranking.Rate(1).Mean.ShouldBe((0.5 + 0.25) / 2);
    }

    [Fact]
    public void Equal_scores_stand_or_fall_together()
    {
        var ranking = new Ranking(attacks: [(0, 1), (1, 1), (1, 1), (1, 1)], logins: [(0, 1), (1, 1)]);

        ranking.Rate(0.75).Mean.ShouldBe(0.5);
        ranking.Rate(0.99).Mean.ShouldBe(1);
    }

    [Fact]
    public void What_a_budget_of_honest_step_ups_stops()
    {
        var logins = Enumerable.Range(0, 100).Select(score => ((float)score, score)).ToArray();
        var ranking = new Ranking(attacks: [(98.5f, 1), (97.5f, 2), (50, 3), (200, 4)], logins);

        // Two in a hundred are asked: those above 97.
        ranking.Stopped(0.02).ShouldBe(0.75);
        ranking.Stopped(0.01).ShouldBe(0.5);
    }

    [Fact]
    public void Drawing_a_person_twice_counts_logins_and_attacks_twice()
    {
        var ranking = new Ranking(attacks: [(1, 1), (3, 2)], logins: [(1, 1), (2, 2), (4, 2)]);

        ranking.Rate(1, [2, 0]).Mean.ShouldBe(1);
        ranking.Rate(1, [0, 2]).Mean.ShouldBe(0.5);
    }

    [Fact]
    public void Intervals_are_the_same_for_the_same_seed_and_hold_the_figure()
    {
        var dice = new ulong[] { 1, 2, 3 };
        var values = Enumerable.Range(0, 200).Select(index => (index * 7919 % 200) / 200.0).ToArray();
        double Mean(int[] times) => values.Select((value, rank) => value * times[rank]).Sum() / times.Sum();

        var (low, high) = Bootstrap.Interval(values.Length, Mean, dice[0]);

        Bootstrap.Interval(values.Length, Mean, dice[0]).ShouldBe((low, high));
        (low < values.Average() && values.Average() < high).ShouldBeTrue();
        // The standard error of this mean is .0204; four of them span the interval.
        (high - low).ShouldBe(0.08, 0.025);
    }
}
