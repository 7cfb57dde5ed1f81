using AuthService.Hosting.Calls;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Audit;

/// <summary>Maps <c>AuditService</c> to its use cases.</summary>
internal sealed class AuditGrpcService(ListEvents listEvents) : AuditService.AuditServiceBase
{
    public override Task<ListEventsResponse> ListEvents(ListEventsRequest request, ServerCallContext context) =>
        listEvents.RunAsync(request, Call.Of(context), context.CancellationToken);
}
