using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Risk;

/// <summary>Records of logins that did not happen: like another, but for one thing.</summary>
internal static class Alternatives
{
    /// <summary>Two logins, in halves: the least history that a familiar network leaves.</summary>
    private const byte TwoLogins = 4;

    /// <summary>A proof covers the claims too: what they earn counts in full then.</summary>
    public static VerdictRecord WithProof(VerdictRecord record) => record with
    {
        Facts = record.Facts with { Proof = ProofState.Valid, ProofMissing = false },
        Kinds = Each(record, measure => measure.Provenance == Provenance.Claimed && !record.FromValue
            ? measure with { Provenance = Provenance.Proven }
            : measure),
    };

    /// <summary>A network at which the account was on two earlier days, and which is its own.</summary>
    public static VerdictRecord FromFamiliarNetwork(VerdictRecord record) => record with
    {
        EarlierDays = 2,
        NetworkClass = NetworkClass.Fixed,
        Facts = record.Facts with { AccountsOnNetwork = 1 },
        Kinds = Each(record, measure => measure.Kind == CharacteristicKind.NetworkOrigin
            ? Known(measure with { Present = (byte)((1 << CharacteristicCatalog.Of(measure.Kind).Levels.Count) - 1) }, TwoLogins)
            : measure),
    };

    /// <summary>As if all of a group had been what it always was. What has no history stays without.</summary>
    public static VerdictRecord WithKnown(VerdictRecord record, string group) => record with
    {
        Kinds = Each(record, measure => CharacteristicCatalog.NameOf(CharacteristicCatalog.Of(measure.Kind).Group) == group
            ? Known(measure, leastHistory: 0)
            : measure),
    };

    /// <summary>As if nothing had been said of one line. Null for a line that stands for no single fact.</summary>
    public static VerdictRecord? Without(VerdictRecord record, EvidenceLine line)
    {
        if (line.Group.Length > 0)
            return record with { Kinds = Each(record, measure => CharacteristicCatalog.Of(measure.Kind).Name == line.Characteristic ? Absent(measure) : measure) };

        var facts = record.Facts;
        var without = line.Code switch
        {
            EvidenceCode.ProofMissing => facts with { ProofMissing = false },
            EvidenceCode.ChallengeRelayed when facts.ChallengeRelayed => facts with { ChallengeRelayed = false },
            EvidenceCode.NetworkFailures when facts.NetworkFailures > 0 => facts with { NetworkFailures = 0 },
            _ => facts with { Outside = facts.Outside.RemoveAll(outside => outside.Characteristic == line.Characteristic) },
        };
        return without == facts ? null : record with { Facts = without };
    }

    private static ImmutableArray<KindMeasure> Each(VerdictRecord record, Func<KindMeasure, KindMeasure> change) =>
        ImmutableArray.CreateRange(record.Kinds, change);

    private static KindMeasure Known(KindMeasure measure, byte leastHistory)
    {
        return measure with { Relation = VersionRelation.None, Coarse = Level(0), Middle = Level(1), Fine = Level(2) };

        LevelMeasure Level(int level)
        {
            var history = Math.Max(measure[level].History, leastHistory);
            return measure.IsPresent(level) && history > 0
                ? measure[level] with { History = history, Count = (uint)history << 16, Closeness = LevelMeasure.One, Fade = LevelMeasure.One }
                : measure[level];
        }
    }

    private static KindMeasure Absent(KindMeasure measure)
    {
        return measure with { Present = 0, Relation = VersionRelation.None, Coarse = Level(0), Middle = Level(1), Fine = Level(2) };

        LevelMeasure Level(int level) => measure[level] with { History = 0, Count = 0, Closeness = 0, Fade = 0 };
    }
}
