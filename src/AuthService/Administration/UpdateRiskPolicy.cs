using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Risk;
using AuthService.Storage;
using AuthService.V1;

namespace AuthService.Administration;

/// <summary>Puts another risk policy in force. Two operators at once: the second is told that the first was faster.</summary>
internal sealed class UpdateRiskPolicy(RiskPolicies policies, Database database, IdempotentRequests requests, AuditTrail audit)
{
    private const int MaxReason = 256;

    public async Task<UpdateRiskPolicyResponse> RunAsync(UpdateRiskPolicyRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.Text("reason", request.Reason, MaxReason, required: true);
        fields.Text("expected_version", request.ExpectedVersion, 10, required: true);
        if (request.Policy is null)
            fields.Add("policy", "Required.");
        fields.ThrowIfAny();

        // 2. what it comes to, laid over the version that it is based on
        var (latest, basis) = await database.ReadAsync(
            async rows => (
                await policies.LatestAsync(rows, cancellationToken),
                await policies.FindAsync(rows, request.ExpectedVersion, cancellationToken)),
            cancellationToken);
        if (basis is null)
            throw CallErrors.VersionConflict(latest.Policy.Version);
        var whole = request.Policy!.Over(basis.Policy);
        PolicyCheck.Check(fields, whole);
        fields.ThrowIfAny();

        // 3. once, and only if that version is still in force
        var identity = new RequestIdentity(call.CallerName ?? "", call.Rule.Rpc.Value, request.RequestId, request);
        return await database.WriteAsync(
            work => requests.OnceAsync(work, identity, () => PutInForceAsync(work, request, whole, call, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private async Task<UpdateRiskPolicyResponse> PutInForceAsync(
        Work work, UpdateRiskPolicyRequest request, RiskPolicy whole, Call call, CancellationToken cancellationToken)
    {
        var latest = (await policies.LatestAsync(work.Rows, cancellationToken)).Policy;
        if (latest.Version != request.ExpectedVersion)
            throw CallErrors.VersionConflict(latest.Version);

        var author = ((Caller.Service)call.Caller).CredentialId;
        var made = policies.Add(work, latest, whole, author, request.Reason);
        audit.Record(work, new AuditEntry(EventType.RiskPolicyUpdated, call)
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["version"] = made.Policy.Version,
                ["previous"] = latest.Version,
                ["reason"] = request.Reason,
                ["changed"] = string.Join(' ', RiskPolicyMessages.Changed(latest, made.Policy)),
            },
        });
        return new UpdateRiskPolicyResponse { Revision = made.ToMessage(made.Policy.Number) };
    }
}
