using AuthService.V1;

namespace AuthService.Tests.Risk;

/// <summary>Puts policies in force, as an operator would.</summary>
internal static class PolicyChanges
{
    public static async Task<RiskPolicyRevision> PolicyAsync(this TestService service, string version = "") =>
        (await service.Admin.GetRiskPolicyAsync(new GetRiskPolicyRequest { Version = version }, service.AsAdmin)).Revision;

    /// <summary>Changes what is given; the rest stays.</summary>
    public static async Task<RiskPolicyRevision> ChangePolicyAsync(this TestService service, RiskPolicy change)
    {
        var request = new UpdateRiskPolicyRequest
        {
            Policy = change, ExpectedVersion = (await service.PolicyAsync()).Policy.Version, Reason = "A test wants it so.",
        };
        return (await service.Admin.UpdateRiskPolicyAsync(request, service.AsAdmin)).Revision;
    }

    /// <summary>The events of a kind, the newest first.</summary>
    public static async Task<IReadOnlyList<AuditEvent>> EventsAsync(this TestService service, EventType type, string account = "") =>
        (await service.Audit.ListEventsAsync(new ListEventsRequest { AccountId = account, Types_ = { type } }, service.AsAdmin)).Events;
}
