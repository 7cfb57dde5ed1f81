using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Numerics;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Risk;

/// <summary>A verdict record in bytes.</summary>
/// <remarks>
/// <code>
/// u8 version = 1 │ u8 flags (1 device token, 2 proof missing, 4 relayed, 8 from a value, 16 accounts counted)
/// u8 proof │ u8 network class │ u8 earlier days │ failures │ accounts, if counted
/// u8 kinds │ kinds × (u8 kind ascending │ u8 provenance │ u8 present │ u8 relation │ levels of the kind ×
///                     (P │ history │ count │ closeness │ fade))
/// u8 outside │ outside × (u8 length, ASCII name │ u8 code │ millibits, zigzag │ u8 provenance)
/// </code>
/// Numbers without a size are LEB128.
/// </remarks>
internal static class VerdictRecordCodec
{
    public const int MaxBytes = 1_110;
    public const int MaxOutside = 16;
    public const int MaxNameLength = 32;
    public const int MaxOutsideMillibits = 64_000;
    private const byte Version = 1;

    [Flags]
    private enum Flags
    {
        None = 0,
        DeviceToken = 1,
        ProofMissing = 2,
        Relayed = 4,
        FromValue = 8,
        AccountsCounted = 16,
    }

    public static byte[] Write(VerdictRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        var facts = record.Facts;
        bytes.Byte(Version);
        bytes.Byte((int)FlagsOf(record));
        bytes.Byte((int)facts.Proof);
        bytes.Byte((int)record.NetworkClass);
        bytes.Byte(record.EarlierDays);
        bytes.Number((uint)facts.NetworkFailures);
        if (facts.AccountsOnNetwork is { } accounts)
            bytes.Number((uint)accounts);

        bytes.Byte(record.Kinds.Length);
        foreach (var measure in record.Kinds)
            WriteKind(bytes, measure);

        bytes.Byte(facts.Outside.Length);
        foreach (var outside in facts.Outside)
        {
            bytes.Byte(outside.Characteristic.Length);
            bytes.Write(Encoding.ASCII.GetBytes(outside.Characteristic));
            bytes.Byte((int)outside.Code);
            bytes.Number(unchecked((uint)((outside.Millibits << 1) ^ (outside.Millibits >> 31))));
            bytes.Byte((int)outside.Provenance);
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out VerdictRecord? record)
    {
        record = null;
        var reader = new PackedReader(bytes);
        if (bytes.Length > MaxBytes || reader.Byte() != Version)
            return false;

        var flags = (Flags)reader.Byte();
        var proof = (ProofState)reader.Byte();
        var network = (NetworkClass)reader.Byte();
        var days = reader.Byte();
        var failures = reader.Number();
        var accounts = flags.HasFlag(Flags.AccountsCounted) ? (int?)reader.Number() : null;
        if (!TryReadKinds(ref reader, out var kinds) || !TryReadOutside(ref reader, out var outside) || !reader.IsAtEnd
            || !Enum.IsDefined(proof) || !Enum.IsDefined(network))
        {
            return false;
        }

        record = new VerdictRecord
        {
            Kinds = kinds,
            NetworkClass = network,
            EarlierDays = days,
            FromValue = flags.HasFlag(Flags.FromValue),
            Facts = new CallFacts
            {
                Proof = proof,
                DeviceTokenValid = flags.HasFlag(Flags.DeviceToken),
                ProofMissing = flags.HasFlag(Flags.ProofMissing),
                ChallengeRelayed = flags.HasFlag(Flags.Relayed),
                NetworkFailures = (int)failures,
                AccountsOnNetwork = accounts,
                Outside = outside,
            },
        };
        return true;
    }

    private static Flags FlagsOf(VerdictRecord record) =>
        (record.Facts.DeviceTokenValid ? Flags.DeviceToken : Flags.None)
        | (record.Facts.ProofMissing ? Flags.ProofMissing : Flags.None)
        | (record.Facts.ChallengeRelayed ? Flags.Relayed : Flags.None)
        | (record.FromValue ? Flags.FromValue : Flags.None)
        | (record.Facts.AccountsOnNetwork is null ? Flags.None : Flags.AccountsCounted);

    private static void WriteKind(ArrayBufferWriter<byte> bytes, in KindMeasure measure)
    {
        bytes.Byte((int)measure.Kind);
        bytes.Byte((int)measure.Provenance);
        bytes.Byte(measure.Present);
        bytes.Byte((int)measure.Relation);
        for (var level = 0; level < CharacteristicCatalog.Of(measure.Kind).Levels.Count; level++)
        {
            bytes.Number(measure[level].Probability);
            bytes.Number(measure[level].History);
            bytes.Number(measure[level].Count);
            bytes.Number(measure[level].Closeness);
            bytes.Number(measure[level].Fade);
        }
    }

    private static bool TryReadKinds(ref PackedReader reader, out ImmutableArray<KindMeasure> kinds)
    {
        var count = reader.Byte();
        var read = ImmutableArray.CreateBuilder<KindMeasure>(count);
        kinds = [];
        Span<LevelMeasure> levels = stackalloc LevelMeasure[CharacteristicCatalog.MaxLevels];
        for (var index = 0; index < count; index++)
        {
            var kind = reader.Byte();
            if (kind >= CharacteristicCatalog.KindCount || kind <= (index == 0 ? 0 : (int)read[^1].Kind))
                return false;

            var (provenance, present, relation) = ((Provenance)reader.Byte(), reader.Byte(), (VersionRelation)reader.Byte());
            var shape = CharacteristicCatalog.Of((CharacteristicKind)kind);
            levels.Clear();
            for (var level = 0; level < shape.Levels.Count; level++)
            {
                levels[level] = new LevelMeasure(
                    reader.Number(), (byte)Math.Min(reader.Number(), byte.MaxValue), reader.Number(), reader.Number(), reader.Number());
                if (!IsPlausible(levels[level]))
                    return false;
            }

            if (present >> shape.Levels.Count != 0 || !Enum.IsDefined(provenance) || !Enum.IsDefined(relation))
                return false;
            read.Add(new KindMeasure((CharacteristicKind)kind, provenance, present, relation, levels[0], levels[1], levels[2]));
        }

        kinds = read.MoveToImmutable();
        return true;
    }

    private static bool IsPlausible(in LevelMeasure level) =>
        level.Probability > 0 && level.History <= LevelMeasure.MaxHistory && level.Count <= (uint)level.History << 16
        && level.Closeness <= LevelMeasure.One && level.Fade <= LevelMeasure.One;

    private static bool TryReadOutside(ref PackedReader reader, out ImmutableArray<OutsideEvidence> outside)
    {
        outside = [];
        var count = reader.Byte();
        var read = ImmutableArray.CreateBuilder<OutsideEvidence>(Math.Min((int)count, MaxOutside));
        for (var index = 0; index < count; index++)
        {
            var name = Encoding.ASCII.GetString(reader.Bytes(reader.Byte()));
            var code = (EvidenceCode)reader.Byte();
            var zigzag = reader.Number();
            var evidence = new OutsideEvidence(name, code, (int)(zigzag >> 1) ^ -(int)(zigzag & 1), (Provenance)reader.Byte());
            if (count > MaxOutside || !evidence.IsWellFormed)
                return false;
            read.Add(evidence);
        }

        outside = read.MoveToImmutable();
        return true;
    }
}
