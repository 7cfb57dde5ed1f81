using System.Globalization;
using AuthService.Ecv.Risk;
using AuthService.RiskLab.Attackers;
using AuthService.RiskLab.Logins;
using AuthService.RiskLab.Statistics;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Reports;

/// <summary>What the default policy decides: how often honest people are asked for more or turned away, and which attackers get in.</summary>
internal static class DecisionTable
{
    /// <summary>The first login signs up, and is not judged; these come after it.</summary>
    private const int FirstLogins = 10;

    public static IEnumerable<string> HonestLines(Outcomes keyless, Outcomes keyed, Outcomes tokens, ulong seed)
    {
        yield return "| honest logins | stepped up | 95 % interval | first ten of an account | denied | logins |";
        yield return "|---|---|---|---|---|---|";
        yield return Line("**key-bound** (a bound key signed)", [.. keyed.Honest.Where(login => login.IsKeyBound)], seed);
        yield return Line("all of accounts with keys: new phones and browsers included", keyed.Honest, seed);
        yield return Line("device tokens, no keys", tokens.Honest, seed);
        yield return Line("keyless", keyless.Honest, seed);
        foreach (var share in (int[])[50, 80, 95])
            yield return Line($"{share} % of the accounts with keys", Mix(keyless, keyed, share, seed), seed);
    }

    public static IEnumerable<string> HostileLines(IReadOnlyList<Outcomes> engines)
    {
        yield return $"| reaching `ALLOW` (and `DENY`), share of attempts | {string.Join(" | ", engines.Select(engine => engine.Contestant))} |";
        yield return $"|---|{string.Concat(engines.Select(_ => "---|"))}";
        for (var index = 0; index < Attacker.All.Count; index++)
        {
            var attacker = index;
            yield return $"| {Attacker.All[index].Name} | {string.Join(" | ", engines.Select(engine => Shares(engine, attacker)))} |";
        }
    }

    /// <summary>What would be stopped if 2 % of the honest logins at this length of history were stepped up.</summary>
    public static IEnumerable<string> StoppedLines(IReadOnlyList<Outcomes> outcomes, int length)
    {
        yield return $"| attacks stopped at 2 % honest step-ups, {length} logins | {string.Join(" | ", outcomes.Select(outcome => outcome.Contestant))} |";
        yield return $"|---|{string.Concat(outcomes.Select(_ => "---|"))}";
        for (var index = 0; index < Attacker.All.Count; index++)
        {
            var attacker = index;
            yield return $"| {Attacker.All[index].Name} | {string.Join(" | ", outcomes.Select(outcome => Percent(RankingTable.Rank(outcome, attacker, length).Stopped(0.02))))} |";
        }
    }

    /// <summary>Accounts do not touch each other but through the statistics, so a mix of both is some of each.</summary>
    private static List<Honest> Mix(Outcomes keyless, Outcomes keyed, int share, ulong seed)
    {
        bool HasKey(Honest login) => Dice.Of(seed, "mix", login.Person).Below(100) < share;
        return [.. keyed.Honest.Where(HasKey), .. keyless.Honest.Where(login => !HasKey(login))];
    }

    private static string Line(string who, IReadOnlyList<Honest> all, ulong seed)
    {
        var logins = all.Where(login => login.History > 0).ToList();
        var (low, high) = Interval(logins, seed);
        var denied = logins.Count(login => login.Decision == Decision.Deny);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {who} | {Percent(SteppedUp(logins))} | {Percent(low)}–{Percent(high)} | {Percent(SteppedUp([.. logins.Where(login => login.History <= FirstLogins)]))} | {denied} of {logins.Count} | {logins.Count} |");
    }

    private static double SteppedUp(IReadOnlyCollection<Honest> logins) =>
        logins.Count == 0 ? double.NaN : logins.Count(login => login.Decision == Decision.StepUp) / (double)logins.Count;

    private static (double Low, double High) Interval(IEnumerable<Honest> logins, ulong seed)
    {
        var people = logins.GroupBy(login => login.Person)
            .OrderBy(own => own.Key)
            .Select(own => (Asked: own.Count(login => login.Decision == Decision.StepUp), All: own.Count())).ToArray();
        return Bootstrap.Interval(
            people.Length,
            times => people.Select((own, rank) => (long)own.Asked * times[rank]).Sum() / (double)people.Select((own, rank) => (long)own.All * times[rank]).Sum(),
            seed);
    }

    private static string Shares(Outcomes engine, int attacker)
    {
        var attacks = engine.Hostile.Where(attack => attack.Attacker == attacker).ToArray();
        var allowed = attacks.Count(attack => attack.Decision == Decision.Allow);
        var denied = attacks.Count(attack => attack.Decision == Decision.Deny);
        return string.Create(
            CultureInfo.InvariantCulture, $"{(allowed == 0 ? $"**0** of {attacks.Length}" : Percent((double)allowed / attacks.Length))} ({Percent((double)denied / attacks.Length)})");
    }

    private static string Percent(double share) => double.IsNaN(share) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");
}
