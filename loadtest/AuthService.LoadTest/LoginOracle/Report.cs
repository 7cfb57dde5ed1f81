using System.Globalization;
using AuthService.LoadTest.Statistics;
using Spectre.Console;

namespace AuthService.LoadTest.LoginOracle;

/// <summary>Tells what a trial showed.</summary>
internal static class Report
{
    /// <returns>Whether the service gives nothing away, and the benchmark would have seen it.</returns>
    public static bool Write(string title, Trial trial, int injected, SeededRandom random)
    {
        var (known, unknown, delayed) = (trial.Of(Arm.Known), trial.Of(Arm.Unknown), trial.Of(Arm.UnknownDelayed));
        var asIs = Comparison.Of("as is", known, unknown, at => at.Rest, random);
        var withDelay = Comparison.Of($"+{injected} µs on unknown", known, delayed, at => at.Rest, random);
        var whole = Comparison.Of("as is, hash included", known, unknown, at => at.Total, random);
        Comparison[] comparisons =
        [
            asIs, withDelay, whole,
            Comparison.Of($"+{injected} µs, hash included", known, delayed, at => at.Total, random),
        ];

        var (total, rest) = (Median(known, at => at.Total), Median(known, at => at.Rest));
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"\n[bold]{title}[/]: a known identifier takes {total:0} µs (median), {rest:0} µs without the hash");
        AnsiConsole.Write(TableOf(comparisons));

        var answers = known.Concat(unknown).Concat(delayed).Select(at => at.Answer).Distinct(StringComparer.Ordinal).ToList();
        AnsiConsole.WriteLine(answers.Count == 1
            ? $"Status, details, headers and trailers: the same in all {3 * known.Count} answers."
            : $"DIFFERENT ANSWERS:\n{string.Join("\n--\n", answers)}");
        return !asIs.ToldApart && !whole.ToldApart && withDelay.ToldApart && answers.Count == 1;
    }

    private static Table TableOf(IEnumerable<Comparison> comparisons)
    {
        var table = new Table().AddColumns(
            "unknown − known", "pairs", "median, 99 %", "fastest fifth, 99.8 %", "signed rank p", "KS p", "verdict");
        foreach (var comparison in comparisons)
        {
            table.AddRow(
                comparison.Name,
                comparison.Pairs.ToString(CultureInfo.InvariantCulture),
                Text(comparison.Median),
                Text(comparison.Fast),
                comparison.SignedRank.ToString("0.0e+0", CultureInfo.InvariantCulture),
                comparison.KolmogorovSmirnov.ToString("0.0e+0", CultureInfo.InvariantCulture),
                comparison.ToldApart ? "told apart" : "cannot be told apart");
        }

        return table;
    }

    private static double Median(IReadOnlyList<Observation> observations, Func<Observation, double> time) =>
        Quantile.Of(observations.Select(time), 0.5);

    private static string Text(Interval interval) => string.Create(
        CultureInfo.InvariantCulture, $"{interval.Estimate:+0;-0;0} ({interval.Low:+0;-0;0} … {interval.High:+0;-0;0}) µs");
}
