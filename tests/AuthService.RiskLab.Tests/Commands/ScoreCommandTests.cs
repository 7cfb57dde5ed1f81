using AuthService.RiskLab.Commands;
using AuthService.RiskLab.Files;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Tests.Commands;

public class ScoreCommandTests
{
    private static readonly LabLogin[] History = [.. Enumerable.Range(0, 5).Select(day => Lab.Login(day: day))];

    [Fact]
    public void A_row_for_each_login_with_the_protos_names()
    {
        var lines = Score([.. History]);

        lines[0].ShouldBe("index\tscore\tgate\tdecision");
        lines[1].ShouldBe("0\t0\tGATE_SHUT\tDECISION_STEP_UP");
        // The network is the account's own; what a user agent adds does not reach the margin of that gate.
        lines[5].ShouldMatch("^4\t-[0-9]+\tGATE_FAMILIAR_NETWORK\tDECISION_STEP_UP$");
        lines.Length.ShouldBe(6);
    }

    [Fact]
    public void What_a_row_came_to_never_enters_its_own_score()
    {
        var last = Lab.Login(peer: "203.0.113.9", asn: 64_501, day: 6);
        LabLogin[] lasts =
        [
            last, last with { Successful = false }, last with { Completed = false }, last with { FromAttackAddress = true },
        ];

        lasts.Select(login => Score([.. History, login])[^1]).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_row_that_failed_teaches_nothing()
    {
        var elsewhere = Lab.Login(peer: "203.0.113.9", asn: 64_501, country: "SE", day: 6);
        var again = elsewhere with { Time = Lab.Start.AddDays(20) };

        var (taught, untaught) = (Score([.. History, elsewhere, again]), Score([.. History, elsewhere with { Successful = false }, again]));

        Bits(taught[^1]).ShouldBeLessThan(Bits(untaught[^1]));
        Bits(untaught[^1]).ShouldBe(Bits(Score([.. History, again])[^1]));
    }

    [Fact]
    public void The_same_file_gives_the_same_scores() => Score([.. History]).ShouldBe(Score([.. History]));

    private static long Bits(string line) => long.Parse(line.Split('\t')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Score(LabLogin[] logins)
    {
        var results = new StringWriter();
        ScoreCommand.Score(Lab.Engine(), logins.Select((login, index) => new FileLogin($"{index}", login)), results).ShouldBe(logins.Length);
        return results.ToString().TrimEnd().Split('\n');
    }
}
