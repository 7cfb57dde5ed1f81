using AuthService.Audit;
using AuthService.Ecv.Risk;
using AuthService.V1;
using Evidence = AuthService.V1.Evidence;
using RiskVerdict = AuthService.V1.RiskVerdict;

namespace AuthService.Risk;

/// <summary>Verdicts as messages. The engine's numbers of decisions, gates, codes and provenance are those of risk.proto.</summary>
public static class VerdictMapping
{
    public static RiskVerdict ToMessage(this Ecv.Risk.RiskVerdict verdict, string verdictId, bool monitorOnly) => new()
    {
        Decision = (V1.Decision)verdict.Decision,
        Gate = (V1.Gate)verdict.Gate,
        ScoreMillibits = verdict.ScoreMillibits,
        Evidence = { verdict.Evidence.Select(ToMessage) },
        ModelVersion = verdict.ModelVersion,
        PolicyVersion = verdict.PolicyVersion,
        VerdictId = verdictId,
        Caveats = { verdict.Caveats },
        MonitorOnly = monitorOnly,
    };

    /// <summary>Numbers from the audit log, judged again by a policy as the contract has it. For tools, which do not know the engine.</summary>
    /// <exception cref="InvalidDataException">The bytes are no record.</exception>
    public static RiskVerdict Replay(ReadOnlySpan<byte> numbers, string verdictId, V1.RiskPolicy policy) =>
        RiskEngine.Replay(VerdictRecord.Read(numbers), policy.Over(DeploymentPolicy.BuiltIn).ToPolicy(number: 0).Engine).ToMessage(verdictId, policy.MonitorOnly);

    internal static V1.Counterfactual ToMessage(Ecv.Risk.Counterfactual instead) => new()
    {
        Change = (V1.Change)instead.Change,
        Subject = instead.Subject,
        Decision = (V1.Decision)instead.Verdict.Decision,
        Gate = (V1.Gate)instead.Verdict.Gate,
        ScoreMillibits = instead.Verdict.ScoreMillibits,
    };

    /// <summary>As the audit log keeps it.</summary>
    internal static JudgedVerdict ToRecord(this Ecv.Risk.RiskVerdict verdict, VerdictRecord record, bool monitorOnly) => new(
        record.Write(), (int)verdict.Decision, verdict.ScoreMillibits, verdict.PolicyVersion, verdict.ModelVersion, monitorOnly);

    private static Evidence ToMessage(EvidenceLine line) => new()
    {
        Characteristic = line.Characteristic,
        Group = line.Group,
        Code = (V1.EvidenceCode)line.Code,
        Millibits = line.Millibits,
        Counted = line.Counted,
        Provenance = (V1.Provenance)line.Provenance,
    };
}
