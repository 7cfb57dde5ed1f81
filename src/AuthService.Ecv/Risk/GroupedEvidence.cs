using System.Collections.Immutable;
using System.Numerics;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Numerics;

namespace AuthService.Ecv.Risk;

/// <summary>The evidence of the characteristics. One kind speaks for its group, so that one cause counts once.</summary>
internal static class GroupedEvidence
{
    /// <param name="record">The numbers.</param>
    /// <param name="gate">What opened, if anything did: it decides what a claimed place is worth.</param>
    /// <param name="policy">The weights.</param>
    /// <param name="evidence">Takes the lines.</param>
    public static void Add(VerdictRecord record, Gate gate, RiskPolicy policy, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        var byTokenElsewhere = gate == Gate.DeviceToken && !FamiliarNetwork.IsKnown(record);
        foreach (var measure in record.Kinds)
        {
            var kind = CharacteristicCatalog.Of(measure.Kind);
            var code = CodeOf(measure, kind);
            var trustPercent = TrustPercent(measure, kind, code, byTokenElsewhere, policy);
            evidence.Add(new EvidenceLine(
                kind.Name, CharacteristicCatalog.NameOf(kind.Group), code, Weigh(measure, kind, trustPercent, policy), Counted: false,
                measure.Provenance));
        }

        GroupLines.Add(record, policy, evidence);
        ChooseSpeakers(evidence);
    }

    private static void ChooseSpeakers(ImmutableArray<EvidenceLine>.Builder evidence)
    {
        Span<int> speakers = stackalloc int[5];
        speakers.Fill(-1);
        for (var at = 0; at < evidence.Count; at++)
        {
            ref var speaker = ref speakers[GroupOf(evidence[at].Group)];
            if (Speaks(evidence[at].Code) && (speaker < 0 || Outweighs(evidence[at], evidence[speaker])))
                speaker = at;
        }

        foreach (var speaker in speakers)
        {
            if (speaker >= 0)
                evidence[speaker] = evidence[speaker] with { Counted = true };
        }
    }

    private static int GroupOf(string name)
    {
        for (var group = 1; group < 4; group++)
        {
            if (ReferenceEquals(CharacteristicCatalog.NameOf((CharacteristicGroup)group), name))
                return group;
        }

        return (int)CharacteristicGroup.Habit;
    }

    /// <summary>
    /// The largest doubt if there is any, else the greatest trust: a match never hides a mismatch that moves with it. Of equals
    /// the one that is harder to make up is named.
    /// </summary>
    private static bool Outweighs(in EvidenceLine line, in EvidenceLine other)
    {
        if (line.Millibits == other.Millibits)
            return line.Provenance > other.Provenance;

        return line.Millibits > 0 ? line.Millibits > other.Millibits : other.Millibits <= 0 && line.Millibits < other.Millibits;
    }

    private static bool Speaks(EvidenceCode code) => code is not (EvidenceCode.Absent or EvidenceCode.NoHistory);

    private static long Weigh(in KindMeasure measure, Characteristic kind, int trustPercent, RiskPolicy policy)
    {
        var millibits = FixedPoint.ToMillibits(BackOff.Bits(measure, kind.Levels.Count));
        if (millibits < 0)
            millibits = millibits * trustPercent / 100;

        var caps = kind.Group switch
        {
            CharacteristicGroup.Device => policy.Device,
            CharacteristicGroup.Place => policy.Place,
            CharacteristicGroup.Company => policy.Company,
            _ => policy.Habit,
        };
        return Math.Clamp(millibits, caps.Trust, caps.Doubt);
    }

    private static int TrustPercent(in KindMeasure measure, Characteristic kind, EvidenceCode code, bool byTokenElsewhere, RiskPolicy policy)
    {
        // Whoever stole the token copied the Wi-Fi with it, and rents a line of the same operator: off the networks that the account has
        // used there is no place to know it by.
        var isByToken = byTokenElsewhere && kind.Group == CharacteristicGroup.Place;
        if (measure.Provenance != Provenance.Claimed)
            return isByToken && code == EvidenceCode.SeenCoarse ? policy.CoarseOriginTrustPercent : 100;
        if (isByToken)
            return 0;
        return IsKnownPlace(measure, kind) ? policy.PlaceClaimTrustPercent : policy.ClaimTrustPercent;
    }

    /// <summary>
    /// Whether it is a place that others know: a city, or an SSID, which is read in the street. An access point is read only nearby.
    /// </summary>
    private static bool IsKnownPlace(in KindMeasure measure, Characteristic kind)
    {
        var finest = BitOperations.Log2((uint)measure.Present | 1);
        var isNearby = kind.IsReadNearby && finest == kind.Levels.Count - 1 && measure[finest].Closeness > 0;
        return kind.Group == CharacteristicGroup.Place && !isNearby;
    }

    private static EvidenceCode CodeOf(in KindMeasure measure, Characteristic kind)
    {
        if (measure.Present == 0)
            return EvidenceCode.Absent;

        var (hasHistory, isSeenCoarse) = (false, false);
        var finest = BitOperations.Log2(measure.Present);
        for (var level = 0; level <= finest; level++)
        {
            hasHistory |= measure[level].History > 0;
            isSeenCoarse |= measure[level].Closeness > 0;
        }

        return (measure.Relation, measure[finest].Closeness) switch
        {
            _ when !hasHistory => EvidenceCode.NoHistory,
            (VersionRelation.Newer, _) => EvidenceCode.Upgraded,
            (VersionRelation.Older, _) => EvidenceCode.Downgraded,
            (_, LevelMeasure.One) => EvidenceCode.Seen,
            (_, > 0) => EvidenceCode.Similar,
            _ when isSeenCoarse => EvidenceCode.SeenCoarse,
            _ => EvidenceCode.Unseen,
        };
    }
}
