using System.Collections.Immutable;
using AuthService.Ecv.Places;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Risk;

/// <summary>How far a device key has proved itself in this call.</summary>
public enum ProofState
{
    /// <summary>No proof came with the call. (One that fails is refused before anything is judged.)</summary>
    None = 0,

    /// <summary>Valid, by a key still in its 72 hours of probation: opens no gate and earns nothing.</summary>
    OnProbation = 1,

    /// <summary>Valid, by a bound key.</summary>
    Valid = 2,

    /// <summary>Valid, by a bound key whose attestation this server verified.</summary>
    Attested = 3,
}

/// <summary>What the server knows of a call beyond the environment.</summary>
public sealed record CallFacts
{
    public ProofState Proof { get; init; }

    /// <summary>A token that this server issued to this device after a passed step-up came with the call.</summary>
    public bool DeviceTokenValid { get; init; }

    /// <summary>The signals name a device that has a bound key, and no proof came with them.</summary>
    public bool ProofMissing { get; init; }

    /// <summary>The challenge came back from another network than the one that it was issued to.</summary>
    public bool ChallengeRelayed { get; init; }

    /// <summary>Failures from this network in the last hour, above what is usual there.</summary>
    public int NetworkFailures { get; init; }

    /// <summary>Distinct identifiers that failed from this network in the last ten minutes.</summary>
    public int IdentifiersFailing { get; init; }

    /// <summary>Failures on this account in the last hour, above what is usual for it.</summary>
    public int AccountFailures { get; init; }

    /// <summary>Failures of this device, which proved itself, in the last hour, above what is usual for it.</summary>
    public int DeviceFailures { get; init; }

    /// <summary>How fast the device must have travelled since its last login.</summary>
    public TravelSpeed Travel { get; init; }

    /// <summary>Which signals contradict each other.</summary>
    public SignalConflicts Conflicts { get; init; }

    /// <summary>Doubts of attempts in the last half hour, for this account and network, see <see cref="DoubtTable"/>.</summary>
    public ImmutableArray<RememberedDoubt> Remembered { get; init; } = [];

    /// <summary>Accounts seen on this /24 or /48, this one included; null when nobody counted. Unknown keeps the gate shut.</summary>
    public int? AccountsOnNetwork { get; init; }

    /// <summary>Further evidence from outside the characteristics; each line counts in full. At most 16.</summary>
    public ImmutableArray<OutsideEvidence> Outside { get; init; } = [];

    internal bool IsWellFormed =>
        NetworkFailures >= 0 && IdentifiersFailing >= 0 && AccountFailures >= 0 && DeviceFailures >= 0
        && AccountsOnNetwork is null or >= 0
        && Travel is { Observed: null or >= 0, Claimed: null or >= 0 }
        && (Conflicts & ~SignalConflicts.All) == SignalConflicts.None
        && Remembered.Length <= RememberedDoubt.MaxCount && Remembered.All(doubt => doubt.IsWellFormed)
        && Outside.Length <= VerdictRecordCodec.MaxOutside
        && Outside.All(evidence => evidence.IsWellFormed);
}

/// <summary>Evidence that the caller worked out by itself.</summary>
/// <param name="Characteristic">A short name, 1 to 32 printable ASCII characters: <c>travel</c>.</param>
/// <param name="Code">What it shows.</param>
/// <param name="Millibits">Thousandths of a bit, at most ±64 bits.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record OutsideEvidence(string Characteristic, EvidenceCode Code, int Millibits, Provenance Provenance)
{
    internal bool IsWellFormed =>
        Characteristic.Length is > 0 and <= VerdictRecordCodec.MaxNameLength
        && !Characteristic.AsSpan().ContainsAnyExceptInRange('!', '~')
        && Enum.IsDefined(Code) && Enum.IsDefined(Provenance)
        && Math.Abs((long)Millibits) <= VerdictRecordCodec.MaxOutsideMillibits;
}
