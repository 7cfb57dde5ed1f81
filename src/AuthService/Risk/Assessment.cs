using AuthService.Audit;
using AuthService.Ecv.Risk;

namespace AuthService.Risk;

/// <summary>What came of judging an environment against what is known of an account.</summary>
/// <param name="VerdictId">Under this id it stands in the audit log.</param>
/// <param name="Verdict">The decision, and why.</param>
/// <param name="Record">The same for the audit log, with the numbers it rests on.</param>
/// <param name="Surroundings">What was judged, as tokens: to be learned, if it comes to that.</param>
/// <param name="Policy">By which it was judged.</param>
public sealed record Assessment(
    string VerdictId, RiskVerdict Verdict, JudgedVerdict Record, ShownSurroundings Surroundings, DeploymentPolicy Policy)
{
    /// <summary>What to do: what was decided, or, while the policy only monitors, what would be done without it.</summary>
    public Decision Acted => Policy.MonitorOnly ? Decision.Allow : Verdict.Decision;

    /// <summary>Whether the surroundings were found to be the owner's. What was let in for want of acting is not learned.</summary>
    public bool IsAllowed => Verdict.Decision == Decision.Allow;

    public V1.RiskVerdict ToMessage() => Verdict.ToMessage(VerdictId, Policy.MonitorOnly);
}
