using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Risk;

/// <summary>A doubt that an attempt showed, kept for a while, so that leaving out the signal that showed it does not hide it.</summary>
/// <param name="Source">What showed it: a kind's number, or one of <see cref="ProofMissing"/>, <see cref="Travel"/>, <see cref="ChallengeRelayed"/> and <see cref="OfConflict"/>.</param>
/// <param name="Millibits">Thousandths of a bit, as they counted then; above 0.</param>
public readonly record struct RememberedDoubt(byte Source, int Millibits)
{
    public const byte ProofMissing = 64;
    public const byte Travel = 65;
    public const byte ChallengeRelayed = 66;

    /// <summary>Each kind, each conflict, and the three above.</summary>
    public const int MaxCount = CharacteristicCatalog.KindCount - 1 + 4 + 3;

    private const byte FirstConflict = 72;

    internal CharacteristicKind Kind => Source < CharacteristicCatalog.KindCount ? (CharacteristicKind)Source : CharacteristicKind.None;

    internal SignalConflicts Conflict =>
        Source is >= FirstConflict and < FirstConflict + 4 ? (SignalConflicts)(1 << (Source - FirstConflict)) : SignalConflicts.None;

    /// <summary>Whether it is one that <see cref="Of"/> can have made.</summary>
    public bool IsWellFormed =>
        Millibits is > 0 and <= VerdictRecordCodec.MaxOutsideMillibits
        && (Kind != CharacteristicKind.None || Conflict != SignalConflicts.None || Source is ProofMissing or Travel or ChallengeRelayed);

    public static byte OfConflict(SignalConflicts conflict) => (byte)(FirstConflict + System.Numerics.BitOperations.Log2((uint)conflict));

    /// <summary>
    /// The doubts of a verdict that rest on what a client chose to send. What the server sees by itself cannot be left out, and
    /// is seen again; but for a journey, which takes a device that is named, and a challenge, which may come by another way.
    /// </summary>
    public static ImmutableArray<RememberedDoubt> Of(RiskVerdict verdict) =>
        [.. verdict.Evidence
            .Where(line => line.Millibits > 0 && line.Code != EvidenceCode.Remembered)
            .Select(line => new RememberedDoubt(SourceOf(line), (int)Math.Min(line.Millibits, VerdictRecordCodec.MaxOutsideMillibits)))
            .Where(doubt => doubt.Source != 0)];

    private static byte SourceOf(in EvidenceLine line)
    {
        switch (line.Code)
        {
            case EvidenceCode.ProofMissing:
                return ProofMissing;
            case EvidenceCode.Travel:
                return Travel;
            case EvidenceCode.ChallengeRelayed:
                return ChallengeRelayed;
            case EvidenceCode.Conflict:
                return ConflictLines.SourceOf(line.Characteristic);
            default:
                var name = line.Characteristic;
                var isClaim = line.Provenance is Provenance.Claimed or Provenance.Proven;
                return isClaim && CharacteristicCatalog.All.FirstOrDefault(kind => kind.Name == name) is { } known ? (byte)known.Kind : (byte)0;
        }
    }
}
