using System.Globalization;
using AuthService.Ecv.Risk;
using AuthService.RiskLab.Attackers;
using AuthService.RiskLab.Population;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Reports;

/// <summary>The goals' figures, run by run.</summary>
internal static class SensitivityTable
{
    private const int Length = 12;
    private const double TruePositives = 0.995;

    public static IEnumerable<string> Head(PopulationOptions options) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{options.Crowd + options.Panel} people, seed {options.Seed}. Mean rates at .995 against *targeted*, 12 logins; step-ups and `ALLOW` at the default policy."),
        "",
        "| changed | Freeman | engine, columns | engine, no keys | engine, keys | key-bound stepped up | all stepped up, with keys | keyless stepped up | replay, in the middle: `ALLOW` |",
        "|---|---|---|---|---|---|---|---|---|",
    ];

    public static string Line(string name, Outcomes keyless, Outcomes keyed, Outcomes columns, Outcomes freeman) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Rate(freeman)} | {Rate(columns)} | {Rate(keyless)} | {Rate(keyed)} | {Asked(keyed, login => login.IsKeyBound)} | {Asked(keyed, _ => true)} | {Asked(keyless, _ => true)} | {Allowed(keyless) + Allowed(keyed)} |");

    private static string Rate(Outcomes outcome)
    {
        var targeted = Attacker.All.Select(attacker => attacker.Name).ToList().IndexOf("targeted");
        return RankingTable.Rank(outcome, targeted, Length).Rate(TruePositives).Mean.ToString("F3", CultureInfo.InvariantCulture);
    }

    private static string Asked(Outcomes outcome, Func<Honest, bool> counts)
    {
        var logins = outcome.Honest.Where(login => login.History > 0 && counts(login)).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * logins.Count(login => login.Decision == Decision.StepUp) / logins.Length:F1} %");
    }

    private static int Allowed(Outcomes outcome) => outcome.Hostile.Count(attack =>
        attack.Decision == Decision.Allow && Attacker.All[attack.Attacker] is (ProfileReplay or MiddleWithOwnCertificate));
}
