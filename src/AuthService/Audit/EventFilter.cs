using System.Globalization;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Audit;

/// <summary>Which events are asked for. What is null or empty filters nothing.</summary>
/// <param name="From">The first point in time that counts.</param>
/// <param name="Until">The first one after it that does not.</param>
internal sealed record EventFilter(
    AccountId? Account, SessionId? Session, IReadOnlyList<int> Types, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>Equal for equal filters: what page tokens are bound to.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{Account};{Session};{string.Join(',', Types)};{From?.ToUnixTimeMilliseconds()};{Until?.ToUnixTimeMilliseconds()}");

    public static EventFilter Parse(ListEventsRequest request, FieldViolations fields, string servedRegion)
    {
        foreach (var type in request.Types_)
        {
            if (type == EventType.Unspecified || !Enum.IsDefined(type))
                fields.Add("types", "Must be event types.");
        }

        return new EventFilter(
            request.AccountId.Length == 0 ? null : Ids.ParseAccount("account_id", request.AccountId, servedRegion),
            request.SessionId.Length == 0 ? null : Ids.ParseSession("session_id", request.SessionId, servedRegion),
            [.. request.Types_.Select(type => (int)type).Distinct().Order()],
            fields.Time("start_time", request.StartTime),
            fields.Time("end_time", request.EndTime));
    }

    public IQueryable<AuditEventRow> Apply(AuthDbContext rows)
    {
        IQueryable<AuditEventRow> events = rows.AuditEvents;
        if (Account is { Value: var account })
            events = events.Where(row => row.AccountId == account);
        if (Session is { Value: var session })
            events = events.Where(row => row.SessionId == session);
        if (Types.Count > 0)
            events = events.Where(row => Types.Contains(row.Type));
        if (Until is { } until)
            events = events.Where(row => row.At < until);

        // The order is that of the sequence, not of time. Without its lower end, a watcher who asks for the last minute again and
        // again, and finds nothing, would read the whole log each time.
        if (From is { } from)
            events = events.Where(row => row.At >= from && row.Sequence >= rows.AuditEvents.Where(later => later.At >= from).Min(later => later.Sequence));
        return events;
    }
}
