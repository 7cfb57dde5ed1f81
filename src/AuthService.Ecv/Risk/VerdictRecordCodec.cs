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
/// u8 version = 2 │ u8 flags (8 from a value) │ u8 network class │ u8 earlier days │ facts of the call, see CallFactsCodec
/// u8 kinds │ kinds × (u8 kind ascending │ u8 provenance │ u8 present │ u8 relation │ levels of the kind ×
///                     (P │ history │ count │ closeness │ fade │ novelties))
/// </code>
/// Numbers without a size are LEB128.
/// </remarks>
internal static class VerdictRecordCodec
{
    public const int MaxBytes = 1_277;
    public const int MaxOutside = 16;
    public const int MaxNameLength = 32;
    public const int MaxOutsideMillibits = 64_000;
    private const byte Version = 2;
    private const byte FromValue = 8;

    public static byte[] Write(VerdictRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        bytes.Byte(Version);
        bytes.Byte(record.FromValue ? FromValue : 0);
        bytes.Byte((int)record.NetworkClass);
        bytes.Byte(record.EarlierDays);
        CallFactsCodec.Write(bytes, record.Facts);

        bytes.Byte(record.Kinds.Length);
        foreach (var measure in record.Kinds)
            WriteKind(bytes, measure);

        return bytes.WrittenSpan.ToArray();
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out VerdictRecord? record)
    {
        record = null;
        var reader = new PackedReader(bytes);
        if (bytes.Length > MaxBytes || reader.Byte() != Version)
            return false;

        var (flags, network, days) = (reader.Byte(), (NetworkClass)reader.Byte(), reader.Byte());
        if (CallFactsCodec.TryRead(ref reader) is not { } facts || !TryReadKinds(ref reader, out var kinds) || !reader.IsAtEnd
            || (flags & ~FromValue) != 0 || !Enum.IsDefined(network) || days > FamiliarNetwork.ManyDays)
        {
            return false;
        }

        record = new VerdictRecord
        {
            Kinds = kinds,
            NetworkClass = network,
            EarlierDays = days,
            FromValue = flags == FromValue,
            Facts = facts,
        };
        return true;
    }

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
            bytes.Number(measure[level].Novelties);
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
                    reader.Number(), (byte)Math.Min(reader.Number(), byte.MaxValue), reader.Number(), reader.Number(), reader.Number(),
                    (byte)Math.Min(reader.Number(), byte.MaxValue));
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
        && level.Closeness <= LevelMeasure.One && level.Fade <= LevelMeasure.One && level.Novelties <= Profiles.ProfileEntry.MaxPerKind;
}
