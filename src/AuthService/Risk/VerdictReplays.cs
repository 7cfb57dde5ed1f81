using AuthService.Ecv.Risk;
using AuthService.Hosting.Calls;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Engine = AuthService.Ecv.Risk;
using RiskPolicy = AuthService.Ecv.Risk.RiskPolicy;

namespace AuthService.Risk;

/// <summary>A verdict of the log, judged again.</summary>
/// <param name="Record">The numbers.</param>
/// <param name="Thresholds">The policy that was applied, with the thresholds of the service that had asked, if it has its own.</param>
/// <param name="Verdict">What comes of it.</param>
public sealed record ReplayedVerdict(VerdictRecord Record, RiskPolicy Thresholds, Engine.RiskVerdict Verdict);

/// <summary>Judges verdicts of the audit log again.</summary>
public sealed class VerdictReplays(RiskPolicies policies, Database database)
{
    /// <summary>By the policy of then, for the reader of an event.</summary>
    public async ValueTask<V1.RiskVerdict?> OfEventAsync(AuditEventRow row, CancellationToken cancellationToken)
    {
        if (row is not { Verdict: not null, VerdictId: { } id, PolicyVersion: { } version })
            return null;

        var policy = policies.Known(version)
            ?? await database.ReadAsync(rows => policies.FindAsync(rows, version, cancellationToken).AsTask(), cancellationToken);
        return policy is not null && Replay(row, policy.Policy) is { } replayed ? replayed.Verdict.ToMessage(id, policy.Policy.MonitorOnly) : null;
    }

    /// <returns>Null where there is no verdict, or its numbers are of a version that this build cannot read.</returns>
    public static ReplayedVerdict? Replay(AuditEventRow row, DeploymentPolicy policy)
    {
        if (row.Verdict is not { } numbers)
            return null;
        try
        {
            var record = VerdictRecord.Read(numbers);
            var thresholds = policy.For(ServiceOf(row));
            return new ReplayedVerdict(record, thresholds, RiskEngine.Replay(record, thresholds));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Only VerifyEcv asks for a service; a login that a service passes on is still a login.</summary>
    private static string? ServiceOf(AuditEventRow row) =>
        row.Type == (int)EventType.EcvVerified ? Call.ServiceIn(row.Caller) : null;
}
