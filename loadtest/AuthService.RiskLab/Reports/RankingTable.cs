using System.Globalization;
using AuthService.RiskLab.Attackers;
using AuthService.RiskLab.Statistics;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Reports;

/// <summary>Re-authentication rates by contestant, attacker and length of history.</summary>
internal static class RankingTable
{
    public static IReadOnlyList<double> TruePositives { get; } = [0.98, 0.99, 0.995, 0.999];

    public static IEnumerable<string> Lines(IReadOnlyList<Outcomes> outcomes, ulong seed)
    {
        foreach (var length in Lengths.All)
        {
            yield return "";
            yield return string.Create(CultureInfo.InvariantCulture, $"**{length} logins of history**");
            yield return "";
            yield return "| attacker | contestant | .98 | .99 | .995 | .995, 95 % interval | .999 | people, attacks |";
            yield return "|---|---|---|---|---|---|---|---|";
            for (var attacker = 0; attacker < Attacker.All.Count; attacker++)
            {
                foreach (var outcome in outcomes)
                    yield return Line(outcome, attacker, length, seed);
            }
        }
    }

    public static Ranking Rank(Outcomes outcome, int attacker, int length) => new(
        outcome.Hostile.Where(attack => attack.Attacker == attacker && attack.History == length).Select(attack => (attack.Score, attack.Person)),
        outcome.Honest.Where(login => login.IsRanked && Lengths.IsOf(length, login.History)).Select(login => (login.Score, login.Person)));

    private static string Line(Outcomes outcome, int attacker, int length, ulong seed)
    {
        var ranking = Rank(outcome, attacker, length);
        var rates = TruePositives.Select(share => ranking.Rate(share)).ToArray();
        var (low, high) = Bootstrap.Interval(ranking.People, times => ranking.Rate(0.995, times).Mean, seed);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {Attacker.All[attacker].Name} | {outcome.Contestant} | {Rate(rates[0])} | {Rate(rates[1])} | {Rate(rates[2])} | {low:F3}–{high:F3} | {Rate(rates[3])} | {ranking.People}, {ranking.Attacks} |");
    }

    private static string Rate((double Mean, double Median) rate) => string.Create(CultureInfo.InvariantCulture, $"{rate.Mean:F3} ({rate.Median:F3})");
}
