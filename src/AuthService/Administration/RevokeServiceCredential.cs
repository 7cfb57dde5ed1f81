using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Storage;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Administration;

/// <summary>Ends a credential at once.</summary>
internal sealed class RevokeServiceCredential(
    ServiceCredentials credentials, Database database, IdempotentRequests requests, AuditTrail audit)
{
    public async Task<RevokeServiceCredentialResponse> RunAsync(
        RevokeServiceCredentialRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("credential_id", request.CredentialId, 64, required: true);
        fields.ThrowIfAny();

        // 2. once
        var identity = new RequestIdentity(call.CallerName ?? "", call.Rule.Rpc.Value, request.RequestId, request);
        return await database.WriteAsync(
            work => requests.OnceAsync(work, identity, () => RevokeAsync(work, request, call, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private async Task<RevokeServiceCredentialResponse> RevokeAsync(
        Work work, RevokeServiceCredentialRequest request, Call call, CancellationToken cancellationToken)
    {
        var row = await work.Rows.ServiceCredentials.SingleOrDefaultAsync(
            row => row.Id == request.CredentialId && row.RevokedAt == null, cancellationToken)
            ?? throw CallErrors.NotFound("credential");
        credentials.Revoke(work, row);
        audit.Record(work, new AuditEntry(EventType.ServiceCredentialRevoked, call) { Details = CredentialDetails.Of(row) });
        return new RevokeServiceCredentialResponse();
    }
}
