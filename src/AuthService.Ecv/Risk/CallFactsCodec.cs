using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using AuthService.Ecv.Numerics;
using AuthService.Ecv.Places;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Risk;

/// <summary>The facts of a call in bytes.</summary>
/// <remarks>
/// <code>
/// u8 flags (1 device token, 2 proof missing, 4 relayed, 16 accounts counted, 32 travel observed, 64 travel claimed)
/// u8 proof │ failures of network │ identifiers │ failures of account │ of device │ accounts, if counted │ km/h, km/h, if known
/// u8 conflicts │ u8 remembered │ remembered × (u8 source │ millibits)
/// u8 outside │ outside × (u8 length, ASCII name │ u8 code │ millibits, zigzag │ u8 provenance)
/// </code>
/// Numbers without a size are LEB128.
/// </remarks>
internal static class CallFactsCodec
{
    [Flags]
    private enum Flags
    {
        None = 0,
        DeviceToken = 1,
        ProofMissing = 2,
        Relayed = 4,
        AccountsCounted = 16,
        TravelObserved = 32,
        TravelClaimed = 64,
        All = DeviceToken | ProofMissing | Relayed | AccountsCounted | TravelObserved | TravelClaimed,
    }

    public static void Write(ArrayBufferWriter<byte> bytes, CallFacts facts)
    {
        bytes.Byte((int)FlagsOf(facts));
        bytes.Byte((int)facts.Proof);
        bytes.Number((uint)facts.NetworkFailures);
        bytes.Number((uint)facts.IdentifiersFailing);
        bytes.Number((uint)facts.AccountFailures);
        bytes.Number((uint)facts.DeviceFailures);
        foreach (var optional in (ReadOnlySpan<int?>)[facts.AccountsOnNetwork, facts.Travel.Observed, facts.Travel.Claimed])
        {
            if (optional is { } number)
                bytes.Number((uint)number);
        }

        bytes.Byte((int)facts.Conflicts);
        bytes.Byte(facts.Remembered.Length);
        foreach (var doubt in facts.Remembered)
        {
            bytes.Byte(doubt.Source);
            bytes.Number((uint)doubt.Millibits);
        }

        bytes.Byte(facts.Outside.Length);
        foreach (var outside in facts.Outside)
        {
            bytes.Byte(outside.Characteristic.Length);
            bytes.Write(Encoding.ASCII.GetBytes(outside.Characteristic));
            bytes.Byte((int)outside.Code);
            bytes.Number(unchecked((uint)((outside.Millibits << 1) ^ (outside.Millibits >> 31))));
            bytes.Byte((int)outside.Provenance);
        }
    }

    /// <summary>Null when the bytes are no facts.</summary>
    public static CallFacts? TryRead(ref PackedReader reader)
    {
        var (flags, proof) = ((Flags)reader.Byte(), (ProofState)reader.Byte());
        var (network, identifiers, account, device) = (reader.Number(), reader.Number(), reader.Number(), reader.Number());
        var accounts = flags.HasFlag(Flags.AccountsCounted) ? (int?)reader.Number() : null;
        var observed = flags.HasFlag(Flags.TravelObserved) ? (int?)reader.Number() : null;
        var claimed = flags.HasFlag(Flags.TravelClaimed) ? (int?)reader.Number() : null;
        var conflicts = (SignalConflicts)reader.Byte();
        if (!TryReadRemembered(ref reader, out var remembered) || !TryReadOutside(ref reader, out var outside)
            || (flags & ~Flags.All) != Flags.None || !Enum.IsDefined(proof))
        {
            return null;
        }

        var facts = new CallFacts
        {
            Proof = proof,
            DeviceTokenValid = flags.HasFlag(Flags.DeviceToken),
            ProofMissing = flags.HasFlag(Flags.ProofMissing),
            ChallengeRelayed = flags.HasFlag(Flags.Relayed),
            NetworkFailures = (int)network,
            IdentifiersFailing = (int)identifiers,
            AccountFailures = (int)account,
            DeviceFailures = (int)device,
            AccountsOnNetwork = accounts,
            Travel = new TravelSpeed(observed, claimed),
            Conflicts = conflicts,
            Remembered = remembered,
            Outside = outside,
        };
        return facts.IsWellFormed ? facts : null;
    }

    private static Flags FlagsOf(CallFacts facts) =>
        (facts.DeviceTokenValid ? Flags.DeviceToken : Flags.None)
        | (facts.ProofMissing ? Flags.ProofMissing : Flags.None)
        | (facts.ChallengeRelayed ? Flags.Relayed : Flags.None)
        | (facts.AccountsOnNetwork is null ? Flags.None : Flags.AccountsCounted)
        | (facts.Travel.Observed is null ? Flags.None : Flags.TravelObserved)
        | (facts.Travel.Claimed is null ? Flags.None : Flags.TravelClaimed);

    private static bool TryReadRemembered(ref PackedReader reader, out ImmutableArray<RememberedDoubt> remembered)
    {
        remembered = [];
        var count = reader.Byte();
        if (count > RememberedDoubt.MaxCount)
            return false;
        var read = ImmutableArray.CreateBuilder<RememberedDoubt>(count);
        for (var index = 0; index < count; index++)
            read.Add(new RememberedDoubt(reader.Byte(), (int)reader.Number()));
        remembered = read.MoveToImmutable();
        return true;
    }

    private static bool TryReadOutside(ref PackedReader reader, out ImmutableArray<OutsideEvidence> outside)
    {
        outside = [];
        var count = reader.Byte();
        if (count > VerdictRecordCodec.MaxOutside)
            return false;
        var read = ImmutableArray.CreateBuilder<OutsideEvidence>(count);
        for (var index = 0; index < count; index++)
        {
            // What is no ASCII would be read as a question mark, and be a second spelling of it.
            var name = Encoding.Latin1.GetString(reader.Bytes(reader.Byte()));
            var code = (EvidenceCode)reader.Byte();
            var zigzag = reader.Number();
            read.Add(new OutsideEvidence(name, code, (int)(zigzag >> 1) ^ -(int)(zigzag & 1), (Provenance)reader.Byte()));
        }

        outside = read.MoveToImmutable();
        return true;
    }
}
