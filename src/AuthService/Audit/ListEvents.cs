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
    private const int UsualPage = 100, MostPerPage = 1000;

    public async Task<ListEventsResponse> RunAsync(ListEventsRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        var size = fields.PageSize(request.PageSize, UsualPage, MostPerPage);
        var filter = EventFilter.Parse(request, fields, deployment.Value.Region);
        string[] list = [call.Rule.Rpc.Value, .. filter.Name];
        var cursor = "";
        if (request.PageToken.Length > 0 && !pages.TryRead(request.PageToken, out cursor, list))
            fields.Add("page_token", "Must be a next_page_token of the same filters.");
        fields.ThrowIfAny();

        // 2. a page, and one more to know whether there is another
        var before = cursor.Length == 0 ? long.MaxValue : long.Parse(cursor, CultureInfo.InvariantCulture);
        var rows = await database.ReadAsync(
            store => filter.Apply(store).Where(row => row.Sequence < before).OrderByDescending(row => row.Sequence).Take(size + 1)
                .ToListAsync(cancellationToken),
            cancellationToken);
        var page = rows.Take(size).ToList();

        // 3. one event for the call, however many it tells of, before it tells them
        await NoteAsync(call, filter, page, cancellationToken);

        // 4. unsealed for the reader
        var response = new ListEventsResponse
        {
            NextPageToken = rows.Count > size ? pages.Create(page[^1].Sequence.ToString(CultureInfo.InvariantCulture), list) : "",
        };
        foreach (var row in page)
            response.Events.Add(await reader.ReadAsync(row, cancellationToken));
        return response;
    }

    private async Task NoteAsync(Call call, EventFilter filter, List<AuditEventRow> page, CancellationToken cancellationToken)
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
                    Details = DetailsOf(page),
                });
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    private static Dictionary<string, string> DetailsOf(List<AuditEventRow> page)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal) { ["events"] = page.Count.ToString(CultureInfo.InvariantCulture) };
        if (page.Count > 0)
        {
            details["newest_sequence"] = page[0].Sequence.ToString(CultureInfo.InvariantCulture);
            details["oldest_sequence"] = page[^1].Sequence.ToString(CultureInfo.InvariantCulture);
        }

        return details;
    }
}
