using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;

namespace AuthService.Ecv.Risk;

/// <summary>Lines that speak for a group besides its kinds: travel, and what earlier attempts showed.</summary>
internal static class GroupLines
{
    /// <summary>The most lines that <see cref="Add"/> adds.</summary>
    public const int MaxCount = CharacteristicCatalog.KindCount + 2;

    private const string Travel = "travel";
    private static readonly string Place = CharacteristicCatalog.NameOf(CharacteristicGroup.Place);

    /// <param name="record">The numbers.</param>
    /// <param name="policy">The weights.</param>
    /// <param name="evidence">Starts with the kinds' lines, in the order of the record.</param>
    public static void Add(VerdictRecord record, RiskPolicy policy, ImmutableArray<EvidenceLine>.Builder evidence)
    {
        var (travel, kinds) = (record.Facts.Travel, evidence.Count);
        var observed = policy.Travel.Millibits(travel.Observed ?? 0);
        var claimed = policy.Travel.Millibits(travel.Claimed ?? 0);
        if (observed > 0)
            evidence.Add(Line(Travel, Place, EvidenceCode.Travel, observed, Provenance.Observed));
        if (claimed > 0)
            evidence.Add(Line(Travel, Place, EvidenceCode.Travel, claimed, Provenance.Claimed));

        foreach (var doubt in record.Facts.Remembered)
        {
            if (doubt.Source == RememberedDoubt.Travel && doubt.Millibits > Math.Max(observed, claimed))
                evidence.Add(Line(Travel, Place, EvidenceCode.Remembered, doubt.Millibits, Provenance.Claimed));
            if (doubt.Kind == CharacteristicKind.None || doubt.Millibits <= Shown(evidence, kinds, doubt.Kind))
                continue;
            var kind = CharacteristicCatalog.Of(doubt.Kind);
            evidence.Add(Line(
                kind.Name, CharacteristicCatalog.NameOf(kind.Group), EvidenceCode.Remembered, doubt.Millibits, Provenance.Claimed));
        }
    }

    private static long Shown(ImmutableArray<EvidenceLine>.Builder evidence, int kinds, CharacteristicKind kind)
    {
        var name = CharacteristicCatalog.Of(kind).Name;
        for (var at = 0; at < kinds; at++)
        {
            if (ReferenceEquals(evidence[at].Characteristic, name))
                return evidence[at].Millibits;
        }

        return 0;
    }

    private static EvidenceLine Line(string name, string group, EvidenceCode code, long millibits, Provenance provenance) =>
        new(name, group, code, millibits, Counted: false, provenance);
}
