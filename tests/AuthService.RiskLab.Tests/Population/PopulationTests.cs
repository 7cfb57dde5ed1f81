using AuthService.Ecv.Signals;
using AuthService.RiskLab.Population;
using AuthService.RiskLab.Reports;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Tests.Population;

public class PopulationTests
{
    private static readonly PopulationOptions Small = new() { Crowd = 3_000, Panel = 0 };

    [Fact]
    public void The_same_seed_makes_the_same_people_and_logins()
    {
        var (first, second) = (Trial.Create(Small with { Crowd = 200 }), Trial.Create(Small with { Crowd = 200 }));

        first.Attempts.ShouldBe(second.Attempts);
        first.Attempts.Select(first.LoginOf).Select(Told).ShouldBe(second.Attempts.Select(second.LoginOf).Select(Told));
        Trial.Create(Small with { Crowd = 200, Seed = 1 }).Attempts.ShouldNotBe(first.Attempts);
    }

    [Fact]
    public void The_engine_accepts_all_that_honest_people_send()
    {
        var trial = Trial.Create(Small with { Crowd = 300 });

        foreach (var attempt in trial.Attempts)
            SignalParser.TryParse(trial.LoginOf(attempt).Signals, out _, out var violations).ShouldBeTrue(string.Join("; ", violations));
    }

    [Fact]
    public void Marginals_follow_the_data_set()
    {
        var trial = Trial.Create(Small);
        var marginals = new Marginals();
        foreach (var attempt in trial.Attempts.Where(attempt => attempt.Kind != AttemptKind.Attack))
            marginals.Add(trial.LoginOf(attempt));

        marginals.PerUser(0.5).ShouldBe(2);
        marginals.PerUser(0.9).ShouldBeInRange(7, 11);
        marginals.PerUser(0.95).ShouldBeInRange(10, 16);
        marginals.PerUser(0.99).ShouldBeInRange(21, 35);
        marginals.Successful.ShouldBe(0.46, 0.03);
        marginals.FromAttackAddresses.ShouldBe(0.099, 0.03);
        marginals.RoundTripMissing.ShouldBe(0.96, 0.01);
    }

    [Fact]
    public void The_panel_has_histories_long_enough_for_the_longest_comparison()
    {
        var trial = Trial.Create(new PopulationOptions { Crowd = 100, Panel = 50 });

        var logins = trial.Attempts.Where(attempt => attempt.Kind == AttemptKind.Login).CountBy(attempt => attempt.Person).ToArray();

        logins.Count(person => person.Value > Lengths.All[^1]).ShouldBeGreaterThanOrEqualTo(40);
    }

    private static string Told(Logins.LabLogin login) => System.Text.Json.JsonSerializer.Serialize(
        new { login.User, login.Time, Peer = login.Origin.Peer?.ToString(), login.Origin.Asn, login.Agent, login.Signals, login.Key, login.Completed });
}
