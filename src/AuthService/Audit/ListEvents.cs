using System.Globalization;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Audit;

/// <summary>Reads the log, the newest first. Each call is itself an event: who reads the log of others shows in it.</summary>
internal sealed class ListEvents(
    Database database,
    AccountKeyStore accountKeys,
    EventReader reader,
    PageTokens pages,
    AuditTrail audit,
    IOptions<DeploymentOptions> deployment)
{
    private static readonly PageSizes Sizes = new(Default: 100, Max: 1000);

    public async Task<ListEventsResponse> RunAsync(ListEventsRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        var filter = EventFilter.Parse(request, fields, deployment.Value.Region);
        fields.ThrowIfAny();
        var page = pages.Parse(call, request.PageSize, request.PageToken, filter.Text, Sizes);

        // 2. a page, and one more to know whether there is another
        var before = page.After.Length == 0 ? long.MaxValue : long.Parse(page.After, CultureInfo.InvariantCulture);
        var rows = await database.ReadAsync(
            store => filter.Apply(store).Where(row => row.Sequence < before).OrderByDescending(row => row.Sequence).Take(page.Size + 1)
                .ToListAsync(cancellationToken),
            cancellationToken);
        var told = rows.Take(page.Size).ToList();

        // 3. one event for the call, however many it tells of, before it tells them
        await NoteAsync(call, filter, told, cancellationToken);

        // 4. unsealed for the reader
        var response = new ListEventsResponse
        {
            NextPageToken = rows.Count > page.Size ? pages.Next(call, Text(told[^1].Sequence), filter.Text) : "",
        };
        foreach (var row in told)
            response.Events.Add(await reader.ReadAsync(row, cancellationToken));
        return response;
    }

    private async Task NoteAsync(Call call, EventFilter filter, List<AuditEventRow> told, CancellationToken cancellationToken)
    {
        var keys = filter.Account is { } account ? await accountKeys.FindAsync(account, cancellationToken) : null;
        await database.WriteAsync(
            work =>
            {
                audit.Record(work, new AuditEntry(EventType.EventsRead, call)
                {
                    Account = filter.Account,
                    Keys = keys,
                    Session = filter.Session,
                    Details = DetailsOf(told),
                });
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    private static Dictionary<string, string> DetailsOf(List<AuditEventRow> told)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal) { ["events"] = Text(told.Count) };
        if (told.Count > 0)
        {
            details["newest_sequence"] = Text(told[0].Sequence);
            details["oldest_sequence"] = Text(told[^1].Sequence);
        }

        return details;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
