using System.Globalization;

namespace AuthService.Cli.Fit;

/// <summary>What the log says the thresholds could be. It proposes: whoever puts it in force has read the warnings.</summary>
/// <param name="Present">Those in force.</param>
/// <param name="Proposed">Those that fit the budget.</param>
/// <param name="AllowBelow">Between what the first lies, 95 %.</param>
/// <param name="DenyFrom">Between what the second lies.</param>
/// <param name="Warnings">What speaks against believing them.</param>
internal sealed record Proposal(
    Thresholds Present, Thresholds Proposed, Interval AllowBelow, Interval DenyFrom, IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// The rule of three (Hanley and Lippman-Hand 1983): what did not happen in n logins happens, at 95 %, in less than 3 of n. So many
    /// are needed to say that 1 in 10,000 is not exceeded.
    /// </summary>
    private const int EnoughForDenial = 30_000;

    /// <summary>Logins that have to fall beyond a quantile to tell where it is.</summary>
    private const int EnoughBeyond = 10;

    private const int EnoughAccounts = 50;

    /// <param name="log">At least one login with a gate.</param>
    /// <param name="budget">The share of honest logins that may be stepped up.</param>
    /// <param name="present">The thresholds in force.</param>
    /// <param name="seed">Of the intervals.</param>
    /// <param name="progress">Told the share that is done.</param>
    public static Proposal Of(LoginLog log, double budget, Thresholds present, ulong seed, Action<double> progress)
    {
        var fitted = Thresholds.Fit(log.Honest, budget);
        var (allowBelow, denyFrom) = Bootstrap.Intervals(log.Honest, budget, seed, progress);

        // What was never seen in few logins may well happen: the denial is never tightened on thin data.
        var isThin = log.Honest.Count < EnoughForDenial;
        var proposed = isThin ? fitted with { DenyFrom = Math.Max(fitted.DenyFrom, present.DenyFrom) } : fitted;
        return new Proposal(present, proposed, allowBelow, denyFrom, [.. WarningsOf(log, budget, present, proposed)]);
    }

    private static IEnumerable<string> WarningsOf(LoginLog log, double budget, Thresholds present, Thresholds proposed)
    {
        var (logins, accounts) = (log.Honest.Count, log.Honest.Select(login => login.Account).Distinct(StringComparer.Ordinal).Count());
        var ungated = (double)log.Honest.Count(login => !login.HasGate) / logins;

        if (budget * logins < EnoughBeyond)
            yield return Text($"Thin: {logins} honest logins. For this budget {Math.Ceiling(EnoughBeyond / budget)} say something.");
        if (accounts < EnoughAccounts)
            yield return Text($"Thin: the logins are of {accounts} accounts. Below {EnoughAccounts} the intervals are too narrow.");
        if (logins < EnoughForDenial)
            yield return Text($"Thin: one denial in 10,000 shows in {EnoughForDenial} logins, not in {logins}. deny_from is not lowered.");
        if (ungated > budget)
            yield return Text($"Out of reach: {ungated:P1} of honest logins had no open gate, and step up whatever the threshold. Bound keys help.");
        if (proposed.AllowBelow > present.AllowBelow)
            yield return "Weaker than now: more strangers pass a higher allow_below, and a log of honest logins cannot show how many. See docs/ecv.md.";
        if (log.Unwatched > 0)
            yield return Text($"{log.Unwatched} logins were let in only because the policy monitored. They are taken for honest, and some may not be.");
        if (log.Unreadable > 0)
            yield return Text($"{log.Unreadable} verdicts are of another version, and were left out.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
