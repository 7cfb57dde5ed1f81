using System.Globalization;
using System.Text;
using AuthService.LoadTest.Scenarios;

namespace AuthService.LoadTest.Reports;

/// <summary>Findings as a table that reads in a terminal and in Markdown, and as JSON.</summary>
internal static class FindingsTable
{
    private static readonly string[] Heads = ["scenario", "what", "figure", "beside", "its figure", "ratio", "goal", "", "p50 / p99 / max ms", "and"];

    public static string Markdown(IEnumerable<Finding> findings)
    {
        var table = new StringBuilder();
        Row(Heads);
        Row(Heads.Select(_ => "---"));
        foreach (var finding in findings)
            Row(Cells(finding));
        return table.ToString();

        void Row(IEnumerable<string> cells) => table.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    /// <summary>For a file.</summary>
    public static IEnumerable<object> Rows(IEnumerable<Finding> findings) => findings.Select(finding => new
    {
        finding.Scenario, finding.What, finding.Figure, finding.Unit, finding.Beside, finding.Baseline, finding.Ratio,
        Goal = finding.Goal?.ToString(), finding.IsMet, finding.Note,
        Milliseconds = finding.Load is { } load
            ? new { P50 = load.Percentile(50), P90 = load.Percentile(90), P99 = load.Percentile(99), P999 = load.Percentile(99.9), Max = load.Percentile(100) }
            : null,
        finding.Load?.Calls, Refused = finding.Load?.Refused.ToDictionary(one => ((Grpc.Core.StatusCode)one.Key).ToString(), one => one.Value, StringComparer.Ordinal),
        finding.Load?.Unsent, ServerMicroseconds = finding.Load?.ServerEach, ClientMicroseconds = finding.Load?.ClientEach,
    });

    private static string[] Cells(Finding finding) =>
    [
        $"`{finding.Scenario}`", finding.What, Number(finding.Figure, finding.Unit), finding.Beside, Number(finding.Baseline, finding.Unit),
        finding.Ratio.ToString("0.00", CultureInfo.InvariantCulture), finding.Goal?.ToString() ?? "",
        finding.IsMet switch { true => "met", false => "**not met**", null => "" },
        finding.Load is { } load ? string.Create(CultureInfo.InvariantCulture, $"{load.Percentile(50):0.0} / {load.Percentile(99):0.0} / {load.Percentile(100):0.0}") : "",
        finding.Note,
    ];

    private static string Number(double figure, string unit) =>
        $"{figure.ToString(figure < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture)} {unit}";
}
