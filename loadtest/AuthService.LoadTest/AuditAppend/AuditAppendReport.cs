using System.Globalization;
using Spectre.Console;

namespace AuthService.LoadTest.AuditAppend;

/// <summary>What was measured, as a whole.</summary>
/// <param name="Store">sqlite or postgres.</param>
/// <param name="EventBytes">Of an event's values.</param>
/// <param name="Arms">The service's first, then those without it.</param>
/// <param name="BareBatches">The baseline of events per second.</param>
/// <param name="BareCommit">The baseline of waiting: one row, one commit.</param>
internal sealed record AuditAppendReport(string Store, double EventBytes, IReadOnlyList<Arm> Arms, Arm BareBatches, Arm BareCommit)
{
    private const double PromisedEvents = 50_000;

    /// <summary>The commit that is under way when somebody comes, and their own.</summary>
    private const double PromisedCommits = 2;

    /// <summary>Of the service, the most that any way of appending gave.</summary>
    public double BestEventsPerSecond => OfService.Max(arm => arm.EventsPerSecond);

    /// <summary>How many bare commits a login's event waits when all writers write theirs.</summary>
    public double CommitsWaited => OfService.First().Wait50 / BareCommit.Wait50;

    public bool IsKept => BestEventsPerSecond >= PromisedEvents && CommitsWaited <= PromisedCommits;

    private IEnumerable<Arm> OfService => Arms.TakeWhile(arm => arm != BareBatches);

    public void Write()
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[bold]{Store}[/], an event of {EventBytes:N0} bytes; waits in milliseconds, p50 / p99");
        var table = new Table().AddColumns(
            "appended", "writers", "events/s", "× bare batches", "events a commit", "events a flush", "a writer waits", "in bare commits", "others' commits meanwhile");
        foreach (var arm in Arms)
        {
            table.AddRow(
                arm.Name,
                arm.Writers.ToString(CultureInfo.InvariantCulture),
                arm.EventsPerSecond.ToString("N0", CultureInfo.InvariantCulture),
                (arm.EventsPerSecond / BareBatches.EventsPerSecond).ToString("0.000", CultureInfo.InvariantCulture),
                arm.Events.ToString("N0", CultureInfo.InvariantCulture),
                arm.EventsPerFlush?.ToString("N1", CultureInfo.InvariantCulture) ?? "",
                string.Create(CultureInfo.InvariantCulture, $"{arm.Wait50:N2} / {arm.Wait99:N2}"),
                string.Create(CultureInfo.InvariantCulture, $"{arm.Wait50 / BareCommit.Wait50:N1} / {arm.Wait99 / BareCommit.Wait50:N1}"),
                string.Create(CultureInfo.InvariantCulture, $"{arm.Others50:N0} / {arm.Others99:N0}"));
        }

        AnsiConsole.Write(table);
        Promise(BestEventsPerSecond >= PromisedEvents, $"50,000 durable events a second in batches: {BestEventsPerSecond:N0}");
        Promise(CommitsWaited <= PromisedCommits, $"no login waits for more than the commit under way and its own: {CommitsWaited:N1} bare commits");
    }

    private static void Promise(bool isKept, FormattableString text) =>
        AnsiConsole.WriteLine($"{(isKept ? "kept" : "BROKEN")}: {text.ToString(CultureInfo.InvariantCulture)}");
}
