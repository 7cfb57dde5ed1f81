using System.Collections.Immutable;
using System.Numerics;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Numerics;

namespace AuthService.Ecv.Risk;

/// <summary>The evidence of the characteristics. One kind speaks for its group, so that one cause counts once.</summary>
internal static class GroupedEvidence
{
    public static void Add(VerdictRecord record, RiskPolicy policy, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        Span<int> speakers = stackalloc int[5];
        speakers.Fill(-1);
        foreach (var measure in record.Kinds)
        {
            var kind = CharacteristicCatalog.Of(measure.Kind);
            var code = CodeOf(measure, kind);
            var line = new EvidenceLine(
                kind.Name, CharacteristicCatalog.NameOf(kind.Group), code, Weigh(measure, kind, policy), Counted: false, measure.Provenance);
            ref var speaker = ref speakers[(int)kind.Group];
            if (Speaks(code) && (speaker < 0 || Outweighs(line, evidence[speaker])))
                speaker = evidence.Count;
            evidence.Add(line);
        }

        foreach (var speaker in speakers)
        {
            if (speaker >= 0)
                evidence[speaker] = evidence[speaker] with { Counted = true };
        }
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

    private static long Weigh(in KindMeasure measure, Characteristic kind, RiskPolicy policy)
    {
        var millibits = FixedPoint.ToMillibits(BackOff.Bits(measure, kind.Levels.Count));
        if (millibits < 0 && measure.Provenance == Provenance.Claimed)
            millibits = millibits * policy.ClaimTrustPercent / 100;

        var caps = kind.Group switch
        {
            CharacteristicGroup.Device => policy.Device,
            CharacteristicGroup.Place => policy.Place,
            CharacteristicGroup.Company => policy.Company,
            _ => policy.Habit,
        };
        return Math.Clamp(millibits, caps.Trust, caps.Doubt);
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
