using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Risk;

/// <summary>Records of logins that did not happen: like another, but for one thing.</summary>
internal static class Alternatives
{
    /// <summary>Two logins, in halves: the least history that a familiar network leaves.</summary>
    private const byte TwoLogins = 4;

    private static readonly string Place = CharacteristicCatalog.NameOf(CharacteristicGroup.Place);

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

    /// <summary>As if all of a group had been what it always was, in the attempts before too. What has no history stays without.</summary>
    public static VerdictRecord WithKnown(VerdictRecord record, string group) => record with
    {
        Facts = record.Facts with
        {
            Travel = group == Place ? default : record.Facts.Travel,
            Remembered = record.Facts.Remembered.RemoveAll(doubt => doubt.Kind != CharacteristicKind.None
                ? CharacteristicCatalog.NameOf(CharacteristicCatalog.Of(doubt.Kind).Group) == group
                : doubt.Source == RememberedDoubt.Travel && group == Place),
        },
        Kinds = Each(record, measure => CharacteristicCatalog.NameOf(CharacteristicCatalog.Of(measure.Kind).Group) == group
            ? Known(measure, leastHistory: 0)
            : measure),
    };

    /// <summary>As if nothing had been said of one line, neither now nor by the attempts before.</summary>
    public static VerdictRecord Without(VerdictRecord record, string line)
    {
        var facts = Forget(record.Facts, line);
        return record with
        {
            Kinds = Each(record, measure => CharacteristicCatalog.Of(measure.Kind).Name == line ? Absent(measure) : measure),
            Facts = line switch
            {
                "proof" => facts with { ProofMissing = false },
                "challenge" => facts with { ChallengeRelayed = false },
                "travel" => facts with { Travel = default },
                "network.failures" => facts with { NetworkFailures = 0 },
                "network.identifiers" => facts with { IdentifiersFailing = 0 },
                "account.failures" => facts with { AccountFailures = 0 },
                "device.failures" => facts with { DeviceFailures = 0 },
                _ => facts with { Conflicts = facts.Conflicts & ~ConflictLines.Of(line) },
            },
        };
    }

    private static CallFacts Forget(CallFacts facts, string line) => facts with
    {
        Outside = facts.Outside.RemoveAll(outside => outside.Characteristic == line),
        Remembered = facts.Remembered.RemoveAll(doubt => doubt.Source switch
        {
            RememberedDoubt.ProofMissing => line == "proof",
            RememberedDoubt.Travel => line == "travel",
            RememberedDoubt.ChallengeRelayed => line == "challenge",
            _ when doubt.Kind != CharacteristicKind.None => CharacteristicCatalog.Of(doubt.Kind).Name == line,
            _ => doubt.Conflict == ConflictLines.Of(line),
        }),
    };

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
