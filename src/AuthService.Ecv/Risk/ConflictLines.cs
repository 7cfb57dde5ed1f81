using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Risk;

/// <summary>Signals that cannot both be true, as lines of evidence.</summary>
internal static class ConflictLines
{
    private static readonly (SignalConflicts Conflict, string Name)[] Names =
    [
        (SignalConflicts.Operator, "consistency.operator"),
        (SignalConflicts.Country, "consistency.country"),
        (SignalConflicts.Place, "consistency.place"),
        (SignalConflicts.Language, "consistency.language"),
    ];

    /// <summary>The most lines that <see cref="Add"/> adds.</summary>
    public const int MaxCount = 4;

    /// <summary>The conflict that a line is of; none for any other line.</summary>
    public static SignalConflicts Of(string name) => Array.Find(Names, known => known.Name == name).Conflict;

    public static byte SourceOf(string name) => RememberedDoubt.OfConflict(Array.Find(Names, known => known.Name == name).Conflict);

    public static void Add(VerdictRecord record, RiskPolicy policy, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        var conflicts = record.Facts.Conflicts;

        // Somebody who always speaks the language of another country contradicts nothing.
        if (!IsNew(record, CharacteristicKind.Language))
            conflicts &= ~SignalConflicts.Language;

        // Each counts in full until all together have reached the cap.
        var left = policy.ConflictsCap;
        foreach (var (conflict, name) in Names)
        {
            var millibits = (conflicts & conflict) != SignalConflicts.None ? policy.Conflict : 0;
            var code = EvidenceCode.Conflict;
            foreach (var doubt in record.Facts.Remembered)
            {
                if (doubt.Conflict == conflict && doubt.Millibits > millibits)
                    (millibits, code) = (doubt.Millibits, EvidenceCode.Remembered);
            }

            millibits = Math.Min(millibits, left);
            left -= millibits;
            if (millibits > 0)
                evidence.Add(new EvidenceLine(name, "", code, millibits, Counted: true, Provenance.Observed));
        }
    }

    private static bool IsNew(VerdictRecord record, CharacteristicKind kind)
    {
        foreach (var measure in record.Kinds)
        {
            if (measure.Kind == kind)
                return measure.Present != 0 && measure.Coarse is { History: > 0, Closeness: 0 };
        }

        return false;
    }
}
