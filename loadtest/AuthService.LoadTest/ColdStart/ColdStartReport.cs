using System.Globalization;
using Spectre.Console;

namespace AuthService.LoadTest.ColdStart;

/// <summary>Tells what starting showed.</summary>
internal static class ColdStartReport
{
    public static void Write(IReadOnlyList<Figure> figures, int starts, TimeSpan idle)
    {
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"\n[bold]{starts} starts[/] of each, one after the other in turn; since the start of the process, medians (least … most); idle: {idle.TotalSeconds:0} s after the last call");
        var table = new Table().AddColumns("", "the service", "a bare server", "×", "promised", "");
        foreach (var figure in figures)
        {
            table.AddRow(
                figure.Name,
                Text(figure.Service, figure.ServiceMedian, figure.Unit),
                Text(figure.Bare, figure.BareMedian, figure.Unit),
                figure.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
                figure.Promise is { } promise ? string.Create(CultureInfo.InvariantCulture, $"≤ {promise:N0} {figure.Unit}") : "",
                figure switch { { Promise: null } => "", { IsKept: true } => "kept", _ => "BROKEN" });
        }

        AnsiConsole.Write(table);
    }

    private static string Text(IReadOnlyList<double> sample, double median, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{median:N0} ({sample.Min():N0} … {sample.Max():N0}) {unit}");
}
