using AuthService.Audit;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Risk;
using AuthService.Storage;
using AuthService.V1;

namespace AuthService.Administration;

/// <summary>Tells the risk policy in force, or an earlier one: who knows the thresholds knows what to stay below, so reading is an event.</summary>
internal sealed class GetRiskPolicy(RiskPolicies policies, Database database, AuditTrail audit)
{
    public async Task<GetRiskPolicyResponse> RunAsync(GetRiskPolicyRequest request, Call call, CancellationToken cancellationToken)
    {
        var (latest, found) = await database.ReadAsync(
            async rows =>
            {
                var latest = await policies.LatestAsync(rows, cancellationToken);
                return (latest, request.Version.Length == 0 ? latest : await policies.FindAsync(rows, request.Version, cancellationToken));
            },
            cancellationToken);
        if (found is null)
            throw CallErrors.NotFound("policy version");

        await database.WriteAsync(
            work =>
            {
                audit.Record(work, new AuditEntry(EventType.RiskPolicyRead, call)
                {
                    Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["version"] = found.Policy.Version },
                });
                return Task.CompletedTask;
            },
            cancellationToken);
        return new GetRiskPolicyResponse { Revision = found.ToMessage(latest.Policy.Number) };
    }
}
