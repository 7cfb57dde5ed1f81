using System.Globalization;
using System.Text.Json.Serialization;
using AuthService.LoadTest.Scenarios;
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
    private static readonly Goal PromisedEvents = Goal.AtLeast(50_000, "events/s");

    /// <summary>The commit that is under way when somebody comes, and their own.</summary>
    private static readonly Goal PromisedCommits = Goal.AtMost(2);

    /// <summary>Of the service, the most that any way of appending gave.</summary>
    public double BestEventsPerSecond => OfService.Max(arm => arm.EventsPerSecond);

    /// <summary>How many bare commits a login's event waits when all writers write theirs.</summary>
    public double CommitsWaited => OfService.First().Wait50 / BareCommit.Wait50;

    /// <summary>Both promises, as lines of the load test's table.</summary>
    [JsonIgnore]
    public IReadOnlyList<Finding> Findings =>
    [
        new("audit-append", $"durable events on {Store}, the best of two ways", BestEventsPerSecond, "events/s", BareBatches.Name, BareBatches.EventsPerSecond)
        {
            Goal = PromisedEvents,
        },
        new("audit-append", $"median wait for an event's commit, {Writers} at once", OfService.First().Wait50, "ms", BareCommit.Name, BareCommit.Wait50)
        {
            Goal = PromisedCommits,
        },
    ];

    public bool IsKept => Findings.All(finding => finding.IsMet is true);

    private int Writers => OfService.First().Writers;

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
        Promise(0, $"50,000 durable events a second in batches: {BestEventsPerSecond:N0}");
        Promise(1, $"no login waits for more than the commit under way and its own: {CommitsWaited:N1} bare commits");
    }

    private void Promise(int finding, FormattableString text) =>
        AnsiConsole.WriteLine($"{(Findings[finding].IsMet is true ? "kept" : "BROKEN")}: {text.ToString(CultureInfo.InvariantCulture)}");
}
