using AuthService.Ecv.Risk;
using AuthService.V1;
using Evidence = AuthService.V1.Evidence;
using RiskVerdict = AuthService.V1.RiskVerdict;

namespace AuthService.Risk;

/// <summary>Verdicts as messages. The engine's numbers of decisions, gates, codes and provenance are those of risk.proto.</summary>
public static class VerdictMapping
{
    public static RiskVerdict ToMessage(this Ecv.Risk.RiskVerdict verdict, string verdictId) => new()
    {
        Decision = (V1.Decision)verdict.Decision,
        Gate = (V1.Gate)verdict.Gate,
        ScoreMillibits = verdict.ScoreMillibits,
        Evidence = { verdict.Evidence.Select(ToMessage) },
        ModelVersion = verdict.ModelVersion,
        PolicyVersion = verdict.PolicyVersion,
        VerdictId = verdictId,
        Caveats = { verdict.Caveats },
    };

    /// <summary>The verdict that numbers from the audit log gave, worked out again.</summary>
    public static RiskVerdict Replay(byte[] record, string verdictId, RiskPolicy policy) =>
        RiskEngine.Replay(VerdictRecord.Read(record), policy).ToMessage(verdictId);

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
