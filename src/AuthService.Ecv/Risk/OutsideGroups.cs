using System.Collections.Immutable;
using AuthService.Ecv.Numerics;

namespace AuthService.Ecv.Risk;

/// <summary>Evidence that no group holds: each line is a cause of its own, and counts.</summary>
internal static class OutsideGroups
{
    /// <summary>How many lines <see cref="Add"/> will add.</summary>
    public static int Count(CallFacts facts) =>
        (facts.Proof >= ProofState.Valid ? 1 : 0) + (facts.DeviceTokenValid ? 1 : 0) + (facts.ProofMissing ? 1 : 0)
        + (facts.ChallengeRelayed ? 1 : 0) + (facts.NetworkFailures > 0 ? 1 : 0) + facts.Outside.Length;

    public static void Add(CallFacts facts, RiskPolicy policy, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        if (facts.Proof >= ProofState.Valid)
        {
            var bits = facts.Proof == ProofState.Attested ? policy.AttestedProof : policy.Proof;
            evidence.Add(Line("proof", EvidenceCode.ProofValid, bits, Provenance.Proven));
        }

        if (facts.DeviceTokenValid)
            evidence.Add(Line("device.token", EvidenceCode.DeviceTokenValid, policy.DeviceToken, Provenance.Observed));
        if (facts.ProofMissing)
            evidence.Add(Line("proof", EvidenceCode.ProofMissing, policy.ProofMissing, Provenance.Observed));
        if (facts.ChallengeRelayed)
            evidence.Add(Line("challenge", EvidenceCode.ChallengeRelayed, policy.ChallengeRelayed, Provenance.Observed));
        if (facts.NetworkFailures > 0)
        {
            var bits = 2 * FixedPoint.ToMillibits(FixedPoint.Log2(1 + (UInt128)(uint)facts.NetworkFailures));
            evidence.Add(Line(
                "network.failures", EvidenceCode.NetworkFailures, Math.Min(bits, policy.NetworkFailuresCap), Provenance.Observed));
        }

        foreach (var outside in facts.Outside)
            evidence.Add(Line(outside.Characteristic, outside.Code, outside.Millibits, outside.Provenance));
    }

    private static EvidenceLine Line(string name, EvidenceCode code, long millibits, Provenance provenance) =>
        new(name, "", code, millibits, Counted: true, provenance);
}
