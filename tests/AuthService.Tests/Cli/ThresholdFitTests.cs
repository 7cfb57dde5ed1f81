using AuthService.Cli.Fit;

namespace AuthService.Tests.Cli;

public sealed class ThresholdFitTests
{
    private static readonly Thresholds Present = new(-12_000, 48_000);

    /// <summary>A hundred logins at −100, −99 … −1 bits.</summary>
    private static readonly HonestLogin[] Hundred = [.. Enumerable.Range(-100, 100).Select(bits => new HonestLogin($"acc_{-bits}", bits * 1000, HasGate: true))];

    [Theory]
    [InlineData(0.02, -2_999)]
    [InlineData(0.10, -10_999)]
    [InlineData(0.001, -999)]
    public void The_threshold_is_the_lowest_that_the_budget_allows(double budget, long allowBelow)
    {
        var fitted = Thresholds.Fit(Hundred, budget);

        fitted.AllowBelow.ShouldBe(allowBelow);
        fitted.SteppedUp(Hundred).ShouldBeLessThanOrEqualTo(budget);
        (fitted with { AllowBelow = allowBelow - 1 }).SteppedUp(Hundred).ShouldBeGreaterThan(budget);
    }

    [Fact]
    public void Logins_without_a_gate_use_the_budget_up()
    {
        HonestLogin[] logins = [.. Hundred, new HonestLogin("acc_x", -200_000, HasGate: false)];

        Thresholds.Fit(logins, 0.02).AllowBelow.ShouldBe(-1_999);
        Thresholds.Fit(logins, 0.02).SteppedUp(logins).ShouldBeLessThanOrEqualTo(0.02);
    }

    [Fact]
    public void A_budget_that_gates_alone_use_up_is_said_to_be_out_of_reach()
    {
        HonestLogin[] logins = [.. Hundred, .. Enumerable.Range(0, 50).Select(number => new HonestLogin($"acc_x{number}", -200_000, HasGate: false))];

        var proposal = Propose(logins, 0.02);

        proposal.Proposed.AllowBelow.ShouldBe(-2_999);
        proposal.Warnings.ShouldContain(warning => warning.StartsWith("Out of reach: 33.3", StringComparison.Ordinal));
    }

    [Fact]
    public void Thin_data_is_called_thin_and_lowers_no_denial()
    {
        var proposal = Propose(Hundred, 0.02);

        proposal.Proposed.DenyFrom.ShouldBe(Present.DenyFrom);
        proposal.Warnings.ShouldContain(warning => warning.StartsWith("Thin: 100 honest logins. For this budget 500", StringComparison.Ordinal));
        proposal.Warnings.ShouldContain(warning => warning.Contains("30000", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_forty_thousand_logins_four_may_be_denied()
    {
        HonestLogin[] logins = [.. Enumerable.Range(1, 40_000).Select(number => new HonestLogin($"acc_{number % 400}", number - 40_000, HasGate: true))];

        var proposal = Propose(logins, 0.02);

        proposal.Proposed.DenyFrom.ShouldBe(-3);
        proposal.Proposed.Denied(logins).ShouldBe(1.0 / 10_000);
        proposal.Warnings.ShouldHaveSingleItem().ShouldStartWith("Weaker than now");
    }

    [Fact]
    public void The_same_seed_gives_the_same_intervals_and_the_fit_lies_within()
    {
        var first = Propose(Hundred, 0.10);
        var again = Propose(Hundred, 0.10);

        (again.AllowBelow, again.DenyFrom).ShouldBe((first.AllowBelow, first.DenyFrom));
        first.Proposed.AllowBelow.ShouldBeInRange(first.AllowBelow.Low, first.AllowBelow.High);
        first.AllowBelow.Low.ShouldBeLessThan(first.AllowBelow.High);
    }

    [Fact]
    public void Logins_of_few_accounts_tell_less_than_as_many_of_many()
    {
        HonestLogin[] ofFew = [.. Hundred.Select((login, number) => login with { Account = $"acc_{number / 10}" })];

        var (few, many) = (Propose(ofFew, 0.10), Propose(Hundred, 0.10));

        (few.AllowBelow.High - few.AllowBelow.Low).ShouldBeGreaterThan(many.AllowBelow.High - many.AllowBelow.Low);
        few.Warnings.ShouldContain(warning => warning.StartsWith("Thin: the logins are of 10 accounts", StringComparison.Ordinal));
    }

    private static Proposal Propose(HonestLogin[] logins, double budget) =>
        Proposal.Of(new LoginLog(logins, Abandoned: 0, Unwatched: 0, Unreadable: 0), budget, Present, seed: 1, static _ => { });
}
