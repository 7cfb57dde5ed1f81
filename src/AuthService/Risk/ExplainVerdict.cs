using AuthService.Audit;
using AuthService.Ecv.Risk;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.RateLimiting;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Risk;

/// <summary>Judges a verdict of the audit log again, from its numbers, and says what would have changed it.</summary>
internal sealed class ExplainVerdict(
    RiskPolicies policies, AccountKeyStore accountKeys, RateLimits limits, Database database, AuditTrail audit)
{
    public async Task<ExplainVerdictResponse> RunAsync(ExplainVerdictRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.Text("verdict_id", request.VerdictId, 64, required: true);
        if (!Enum.IsDefined(request.Policy))
            fields.Add("policy", "Must be OWN or PRESENT.");
        fields.ThrowIfAny();

        // 2. its event; a step-up that was completed bears the id too, but no numbers
        var row = await database.ReadAsync(
            rows => rows.AuditEvents
                .Where(row => row.VerdictId == request.VerdictId && row.Verdict != null)
                .OrderBy(row => row.Sequence)
                .FirstOrDefaultAsync(cancellationToken),
            cancellationToken) ?? throw CallErrors.NotFound("verdict");

        // 3. limits: the answer is an oracle
        if (row.AccountId is { } limited && await limits.TakeAsync(LimitName.Verdicts, limited, cancellationToken) is { } refusal)
            throw CallErrors.Limited(refusal);

        // 4. judged again
        var policy = await PolicyAsync(row, request.Policy, cancellationToken) ?? throw CallErrors.NotFound("policy version");
        var replayed = VerdictReplays.Replay(row, policy) ?? throw CallErrors.NotFound("verdict that this build can read");

        // 5. a note of who asked, before the answer
        var account = row.AccountId is { } id ? AccountId.Parse(id) : (AccountId?)null;
        var keys = account is { } known ? await accountKeys.FindAsync(known, cancellationToken) : null;
        await database.WriteAsync(
            work =>
            {
                audit.Record(work, new AuditEntry(EventType.VerdictExplained, call) { Account = account, Keys = keys, VerdictId = row.VerdictId });
                return Task.CompletedTask;
            },
            cancellationToken);
        return Answer(row, policy, replayed);
    }

    private Task<DeploymentPolicy?> PolicyAsync(AuditEventRow row, PolicyChoice choice, CancellationToken cancellationToken) => database.ReadAsync(
        async rows => choice == PolicyChoice.Present
            ? await policies.InForceAsync(rows, cancellationToken)
            : (await policies.FindAsync(rows, row.PolicyVersion ?? "", cancellationToken))?.Policy,
        cancellationToken);

    private static ExplainVerdictResponse Answer(AuditEventRow row, DeploymentPolicy policy, ReplayedVerdict replayed)
    {
        var (verdict, thresholds) = (replayed.Verdict, replayed.Thresholds);
        return new ExplainVerdictResponse
        {
            Verdict = verdict.ToMessage(row.VerdictId ?? "", policy.MonitorOnly),
            Recorded = EventReader.RecordedOf(row),
            AsRecorded = (int)verdict.Decision == row.Decision && verdict.ScoreMillibits == row.ScoreMillibits,
            EventType = (EventType)row.Type,
            EventTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(row.At),
            AccountId = row.AccountId ?? "",
            AllowBelowMillibits = verdict.AllowBelowMillibits,
            DenyFromMillibits = thresholds.DenyFrom,

            // ALLOW begins below its threshold, DENY at it.
            ToAllowMillibits = verdict.ScoreMillibits - verdict.AllowBelowMillibits + 1,
            ToDenyMillibits = thresholds.DenyFrom - verdict.ScoreMillibits,
            Counterfactuals = { WhatIf.Of(replayed.Record, thresholds).Select(VerdictMapping.ToMessage) },
        };
    }
}
