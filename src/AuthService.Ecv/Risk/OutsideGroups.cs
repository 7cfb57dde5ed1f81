using System.Collections.Immutable;
using AuthService.Ecv.Numerics;

namespace AuthService.Ecv.Risk;

/// <summary>Evidence that no group holds: each line is a cause of its own, and counts.</summary>
internal static class OutsideGroups
{
    /// <summary>At most so many lines besides those that the caller brings.</summary>
    public const int MaxCount = 8 + ConflictLines.MaxCount;

    public static void Add(VerdictRecord record, RiskPolicy policy, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        var facts = record.Facts;
        if (facts.Proof >= ProofState.Valid)
        {
            var bits = facts.Proof == ProofState.Attested ? policy.AttestedProof : policy.Proof;
            evidence.Add(Line("proof", EvidenceCode.ProofValid, bits, Provenance.Proven));
        }

        if (facts.DeviceTokenValid)
            evidence.Add(Line("device.token", EvidenceCode.DeviceTokenValid, policy.DeviceToken, Provenance.Observed));
        AddProofMissing(facts, policy, evidence);
        if (facts.ChallengeRelayed)
            evidence.Add(Line("challenge", EvidenceCode.ChallengeRelayed, policy.ChallengeRelayed, Provenance.Observed));
        else
            AddRemembered("challenge", RememberedDoubt.ChallengeRelayed, facts, evidence);
        ConflictLines.Add(record, policy, evidence);
        AddNetwork(facts, policy, evidence);
        AddFailures("account.failures", EvidenceCode.AccountFailures, facts.AccountFailures, policy, policy.AccountFailuresCap, evidence);
        AddFailures("device.failures", EvidenceCode.DeviceFailures, facts.DeviceFailures, policy, policy.DeviceFailuresCap, evidence);
        foreach (var outside in facts.Outside)
            evidence.Add(Line(outside.Characteristic, outside.Code, outside.Millibits, outside.Provenance));
    }

    /// <summary>What the network alone says, whatever the account.</summary>
    public static void AddNetwork(CallFacts facts, RiskPolicy policy, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        AddFailures("network.failures", EvidenceCode.NetworkFailures, facts.NetworkFailures, policy, policy.NetworkFailuresCap, evidence);
        if (facts.IdentifiersFailing >= policy.ManyIdentifiersFrom)
            evidence.Add(Line("network.identifiers", EvidenceCode.IdentifiersFailing, policy.ManyIdentifiers, Provenance.Observed));
    }

    private static void AddProofMissing(CallFacts facts, RiskPolicy policy, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        // A proof now says more than that there was none before.
        if (facts.Proof >= ProofState.Valid)
            return;
        if (facts.ProofMissing)
        {
            evidence.Add(Line("proof", EvidenceCode.ProofMissing, policy.ProofMissing, Provenance.Observed));
            return;
        }

        AddRemembered("proof", RememberedDoubt.ProofMissing, facts, evidence);
    }

    private static void AddRemembered(string name, byte source, CallFacts facts, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        foreach (var doubt in facts.Remembered)
        {
            if (doubt.Source == source)
                evidence.Add(Line(name, EvidenceCode.Remembered, doubt.Millibits, Provenance.Observed));
        }
    }

    /// <summary>2·log₂(1 + failures beyond those forgiven): each doubling is two more bits.</summary>
    private static void AddFailures(
        string name, EvidenceCode code, int counted, RiskPolicy policy, long cap, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        var failures = counted - policy.FailuresForgiven;
        if (failures <= 0)
            return;
        var bits = 2 * FixedPoint.ToMillibits(FixedPoint.Log2(1 + (UInt128)(uint)failures));
        evidence.Add(Line(name, code, Math.Min(bits, cap), Provenance.Observed));
    }

    private static EvidenceLine Line(string name, EvidenceCode code, long millibits, Provenance provenance) =>
        new(name, "", code, millibits, Counted: true, provenance);
}
