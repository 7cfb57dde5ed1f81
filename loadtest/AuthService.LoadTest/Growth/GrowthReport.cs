using System.Globalization;
using Spectre.Console;

namespace AuthService.LoadTest.Growth;

/// <summary>Tells what growing showed.</summary>
internal static class GrowthReport
{
    public static void Write(string store, IReadOnlyList<Step> steps, int people, int rounds)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[bold]{store}[/], {people} people, {rounds} rounds, one call at a time; milliseconds, p50 (p95). × is the growth since the first row, each in units of the commit beside it");
        var table = new Table().AddColumns(
            "accounts", "a commit", "login: in the store", "×", "refresh: in the store", "×", "refresh: whole", "validation: first", "validation", "on disk", "a new account");
        for (var at = 0; at < steps.Count; at++)
        {
            var (step, first) = (steps[at], steps[0]);
            var perAccount = at == 0 ? (double)step.Bytes / step.Accounts : (double)(step.Bytes - steps[at - 1].Bytes) / (step.Accounts - steps[at - 1].Accounts);
            table.AddRow(
                step.Accounts.ToString("N0", CultureInfo.InvariantCulture),
                Text(step.Baseline.Whole),
                Text(step.Login.Store),
                Growth(step, first, at => at.Login),
                Text(step.Refresh.Store),
                Growth(step, first, at => at.Refresh),
                Text(step.Refresh.Whole),
                Text(step.FirstValidation.Whole),
                Text(step.Validation.Whole),
                string.Create(CultureInfo.InvariantCulture, $"{step.Bytes / 1e6:N0} MB"),
                string.Create(CultureInfo.InvariantCulture, $"{perAccount:N0} B"));
        }

        AnsiConsole.Write(table);
        foreach (var step in steps)
        {
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"What took longest at {step.Accounts:N0} accounts:"));
            foreach (var (statement, calls, each) in step.Slowest)
                AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {calls:N0} × {each:0.000} ms  {Short(statement)}"));
        }

        foreach (var (name, bytes) in steps[^1].Tables.Where(entry => entry.Bytes > steps[^1].Accounts))
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {bytes / 1e6:N0} MB, {(double)bytes / steps[^1].Accounts:N0} B an account"));
    }

    private static string Short(string statement)
    {
        var line = statement.ReplaceLineEndings(" ");
        return line.Length > 110 ? $"{line[..50]} … {line[^55..]}" : line;
    }

    private static string Text(Func<double, double> sample) =>
        string.Create(CultureInfo.InvariantCulture, $"{sample(0.5):0.00} ({sample(0.95):0.00})");

    private static string Growth(Step step, Step first, Func<Step, Sample> kind) =>
        (InCommits(step, kind) / InCommits(first, kind)).ToString("0.00", CultureInfo.InvariantCulture);

    private static double InCommits(Step step, Func<Step, Sample> kind) => kind(step).Store(0.5) / step.Baseline.Whole(0.5);
}
