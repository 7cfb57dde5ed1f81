using System.Globalization;
using AuthService.RiskLab.Attackers;
using AuthService.RiskLab.Population;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Reports;

/// <summary>The whole of a run in Markdown.</summary>
internal static class LabReport
{
    /// <summary>Of a run's contestants, where each stands. The first four are the engine.</summary>
    private const int Keyless = 0;
    private const int Keyed = 1;
    private const int Tokens = 2;
    private const int Columns = 3;
    private const int Freeman = 4;

    public static IEnumerable<string> Lines(
        PopulationOptions options, Trial trial, IReadOnlyList<Outcomes> outcomes, IReadOnlyList<(string Who, Poisoning.Result Result)> poisoned, string pictures)
    {
        IEnumerable<string> all =
        [
            "## RiskLab",
            "",
            string.Create(CultureInfo.InvariantCulture, $"Written by `dotnet run --project loadtest/AuthService.RiskLab -c Release`, seed {options.Seed}: {trial.People.Count} people, {trial.Attempts.Count} attempts and attacks."),
            "",
            "### Goals",
            "",
            .. Goals(outcomes, poisoned),
            "",
            "### Decisions at the default policy",
            "",
            .. DecisionTable.HonestLines(outcomes[Keyless], outcomes[Keyed], outcomes[Tokens], options.Seed),
            "",
            .. DecisionTable.HostileLines([outcomes[Keyless], outcomes[Keyed], outcomes[Tokens]]),
            "",
            .. PoisonLines(poisoned),
            "",
            "### Ranking",
            "",
            "Mean re-authentication rate over people (median in brackets): one threshold for all at which the share at the head of the column of this "
            + "attacker's attempts is caught, then the share of honest logins at or above it. Intervals: bootstrap over people.",
            .. RankingTable.Lines(outcomes, options.Seed),
            "",
            .. DecisionTable.StoppedLines(outcomes, 12),
            "",
            "### What counted",
            "",
            "Engine without keys, at 12 logins of history.",
            "",
            .. EvidenceTable.Lines(outcomes[Keyless], [.. Attacker.All.Select(attacker => attacker.Name)]),
            "",
            "Engine on the data set's columns.",
            "",
            .. EvidenceTable.Lines(outcomes[Columns], ["naive", "targeted", "very targeted"]),
            "",
            .. Latency(outcomes),
            "",
            $"![ROC, targeted]({pictures}/roc-targeted.png)",
            $"![ROC, profile replay]({pictures}/roc-profile-replay.png)",
            $"![Calibration]({pictures}/calibration.png)",
            "",
            .. Limits.Lines,
        ];
        return all;
    }

    private static IEnumerable<string> Goals(IReadOnlyList<Outcomes> outcomes, IReadOnlyList<(string Who, Poisoning.Result Result)> poisoned)
    {
        var targeted = Attacker.All.Select(attacker => attacker.Name).ToList().IndexOf("targeted");
        double Rate(int contestant) => RankingTable.Rank(outcomes[contestant], targeted, 12).Rate(0.995).Mean;
        var (freeman, all, columns) = (Rate(Freeman), Rate(Keyless), Rate(Columns));
        var keyBound = outcomes[Keyed].Honest.Where(login => login is { IsKeyBound: true, History: > 0 }).ToArray();
        var first = keyBound.Where(login => login.History <= 10).ToArray();
        var denied = keyBound.Count(login => login.Decision == Ecv.Risk.Decision.Deny);
        yield return "| | goal | here | |";
        yield return "|---|---|---|---|";
        yield return Goal("no keys, all signals: mean rate at .995, targeted, 12 logins", $"≤ ¼ of Freeman's {freeman:F3}, and ≤ .105", $"{all:F3}", all <= freeman / 4 && all <= 0.105);
        yield return Goal("the same on the data set's own columns", $"≤ ½ of Freeman's {freeman:F3}", $"{columns:F3}", columns <= freeman / 2);
        yield return Goal("key-bound logins stepped up", "≤ 2 %", $"{Asked(keyBound):P2}", Asked(keyBound) <= 0.02);
        yield return Goal("of the first ten logins of an account", "≤ 10 %", $"{Asked(first):P2}", Asked(first) <= 0.10);
        yield return Goal("key-bound logins denied", "≤ 1 in 10,000", $"{denied} of {keyBound.Length}", denied * 10_000L <= keyBound.Length);
        foreach (var name in (string[])["profile replay", "in the middle, own certificate"])
        {
            var index = Attacker.All.Select(attacker => attacker.Name).ToList().IndexOf(name);
            var allowed = outcomes.Take(Columns).Sum(engine => engine.Hostile.Count(attack => attack.Attacker == index && attack.Decision == Ecv.Risk.Decision.Allow));
            yield return Goal($"{name}, reaching `ALLOW`", "0", $"{allowed} of {outcomes.Take(Columns).Sum(engine => engine.Hostile.Count(attack => attack.Attacker == index))}", allowed == 0);
        }

        var accepted = poisoned.Sum(who => who.Result.Accepted);
        yield return Goal("poisoner's own surroundings accepted after 90 days", "0", $"{accepted} of {poisoned.Sum(who => who.Result.Victims)}", accepted == 0);
    }

    private static string Goal(string what, FormattableString goal, FormattableString here, bool isMet) =>
        Goal(what, FormattableString.Invariant(goal), here, isMet);

    private static string Goal(string what, string goal, FormattableString here, bool isMet) =>
        $"| {what} | {goal} | {FormattableString.Invariant(here)} | {(isMet ? "met" : "**missed**")} |";

    private static double Asked(Honest[] logins) =>
        logins.Length == 0 ? double.NaN : logins.Count(login => login.Decision == Ecv.Risk.Decision.StepUp) / (double)logins.Length;

    private static IEnumerable<string> PoisonLines(IReadOnlyList<(string Who, Poisoning.Result Result)> poisoned)
    {
        yield return $"| the poisoner, {Poisoning.Days} days, against | history then | victims | drips allowed | values taken as learned, median | own surroundings accepted, with the stolen token | without it | on the first day already |";
        yield return "|---|---|---|---|---|---|---|---|";
        foreach (var (who, result) in poisoned)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {who} | {result.Length} | {result.Victims} | {result.DripsAllowed} of {result.Dripped} | {result.Steps} | {result.Accepted} | {result.WithoutToken} | {result.AcceptedBefore} |");
        }
    }

    private static IEnumerable<string> Latency(IReadOnlyList<Outcomes> outcomes)
    {
        yield return "| one judgement (tokens, statistics and verdict; one core, others busy) | median | p99 |";
        yield return "|---|---|---|";
        foreach (var outcome in outcomes)
        {
            var times = outcome.Microseconds;
            yield return string.Create(CultureInfo.InvariantCulture, $"| {outcome.Contestant} | {times[times.Length / 2]:F0} µs | {times[times.Length * 99 / 100]:F0} µs |");
        }
    }
}
