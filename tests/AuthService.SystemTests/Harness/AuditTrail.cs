using AuthService.V1;

namespace AuthService.SystemTests.Harness;

public static class AuditTrail
{
    /// <summary>Every event, page by page, the newest first.</summary>
    public static async Task<IReadOnlyList<AuditEvent>> ReadAsync(ServiceProcess service, DataFolder data, params EventType[] types)
    {
        var events = new List<AuditEvent>();
        var request = new ListEventsRequest { PageSize = 1000, Types_ = { types } };
        do
        {
            var page = await service.Audit.ListEventsAsync(request, ServiceProcess.Bearer(data.AdminToken));
            events.AddRange(page.Events);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return events;
    }
}
