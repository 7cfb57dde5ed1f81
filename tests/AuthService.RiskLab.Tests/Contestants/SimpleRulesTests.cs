using AuthService.RiskLab.Contestants;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Tests.Contestants;

public class SimpleRulesTests
{
    [Theory]
    [InlineData("NO", 64_500, 0)]
    [InlineData("NO", 64_501, 1)]
    [InlineData("SE", 64_500, 1)]
    public void A_new_country_or_operator_speaks_up(string country, uint asn, double score)
    {
        var rule = new NewOriginRule();
        Lab.Play(rule, Lab.Login());

        rule.Judge(Lab.Login(country: country, asn: asn, peer: "203.0.113.200")).Score.ShouldBe(score);
    }

    [Theory]
    [InlineData("A 2", "Oslo", 0)]
    [InlineData("B 1", "Oslo", 1)]
    [InlineData("B 1", "Bergen", 2)]
    public void The_vote_counts_new_devices_and_cities_but_no_new_version(string agent, string city, double votes)
    {
        var vote = new BehaviourVote();
        Lab.Play(vote, Lab.Login());

        vote.Judge(Lab.Login(agent: agent, city: city, day: 3)).Score.ShouldBe(votes);
    }

    [Fact]
    public void The_vote_knows_who_travels_too_fast()
    {
        var vote = new BehaviourVote();
        var (oslo, newYork) = (new Fix(59.9, 10.7, 1_000), new Fix(40.7, -74.0, 1_000));
        var home = Lab.Login();
        Lab.Play(vote, home with { Origin = home.Origin with { Fix = oslo } });
        var away = home with { Origin = home.Origin with { Fix = newYork } };

        vote.Judge(away with { Time = Lab.Start.AddHours(2) }).Score.ShouldBe(1);
        vote.Judge(away with { Time = Lab.Start.AddHours(20) }).Score.ShouldBe(0);
    }
}
