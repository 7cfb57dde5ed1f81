using System.Buffers.Binary;
using System.Collections.Immutable;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Values;

/// <summary>The characteristics of an environment in bytes.</summary>
/// <remarks>
/// <code>
/// u8 count │ count × characteristic, ascending by kind
/// characteristic = u8 kind │ u8 levels │ 16 token for each level, coarse to fine │ 8 masked version if bit 7
///                │ for sets instead: u8 kind │ u8 members (1 to 16) │ members × (u64 token ascending, u8 weight)
/// </code>
/// Bit i of <c>levels</c> says that level i is present; bit 7, only for <c>device.os</c>, that a masked version follows.
/// </remarks>
internal static class ValueBody
{
    private const byte MaskedVersionBit = 0x80;
    private const int MaskedVersionSize = 8;
    private const int MaxWeight = 15;

    /// <summary>Every kind at every level, every set full.</summary>
    public const int MaxBytes = 1 + (16 * 2) + (24 * Token.Size) + MaskedVersionSize + (2 * SetMember.MaxCount * SetMember.Size);

    public static int Write(TokenizedEnvironment environment, Span<byte> bytes)
    {
        var length = 1;
        foreach (var kind in CharacteristicCatalog.All)
        {
            if (!environment.Has(kind.Kind))
                continue;

            bytes[0]++;
            bytes[length++] = (byte)kind.Kind;
            length += kind.Comparison == Comparison.Set
                ? WriteSet(environment.Set(kind.Kind), bytes[length..])
                : WriteLevels(environment, kind.Kind, bytes[length..]);
        }

        return length;
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out TokenizedEnvironment environment)
    {
        environment = TokenizedEnvironment.Empty;
        var tokens = TokenizedEnvironment.NoTokens();
        var sets = TokenizedEnvironment.NoSets();
        ulong? maskedVersion = null;

        var count = bytes[0];
        var rest = bytes[1..];
        var last = 0;
        for (var read = 0; read < count; read++)
        {
            if (rest.Length < 2 || rest[0] <= last || rest[0] >= CharacteristicCatalog.KindCount)
                return false;

            last = rest[0];
            rest = rest[1..];
            var kind = CharacteristicCatalog.Of((CharacteristicKind)last);
            var wellFormed = kind.Comparison == Comparison.Set
                ? TryReadSet(ref rest, out sets[last])
                : TryReadLevels(ref rest, kind, tokens, ref maskedVersion);
            if (!wellFormed)
                return false;
        }

        environment = new TokenizedEnvironment(tokens, sets) { MaskedOsVersion = maskedVersion, FromValue = true };
        return rest.IsEmpty;
    }

    private static int WriteSet(ImmutableArray<SetMember> members, Span<byte> bytes)
    {
        bytes[0] = (byte)members.Length;
        var length = 1;
        foreach (var member in members)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes[length..], member.Token);
            bytes[length + 8] = member.Weight;
            length += SetMember.Size;
        }

        return length;
    }

    private static int WriteLevels(TokenizedEnvironment environment, CharacteristicKind kind, Span<byte> bytes)
    {
        bytes[0] = 0;
        var length = 1;
        var tokens = environment.Levels(kind);
        for (var level = 0; level < tokens.Length; level++)
        {
            if (!tokens[level].IsPresent)
                continue;

            bytes[0] |= (byte)(1 << level);
            tokens[level].Write(bytes[length..]);
            length += Token.Size;
        }

        if (kind == CharacteristicKind.DeviceOs && environment.MaskedOsVersion is { } version)
        {
            bytes[0] |= MaskedVersionBit;
            BinaryPrimitives.WriteUInt64BigEndian(bytes[length..], version);
            length += MaskedVersionSize;
        }

        return length;
    }

    private static bool TryReadSet(ref ReadOnlySpan<byte> bytes, out ImmutableArray<SetMember> members)
    {
        members = [];
        var count = bytes[0];
        if (count is 0 or > SetMember.MaxCount || bytes.Length < 1 + (count * SetMember.Size))
            return false;

        var read = ImmutableArray.CreateBuilder<SetMember>(count);
        bytes = bytes[1..];
        for (var index = 0; index < count; index++, bytes = bytes[SetMember.Size..])
        {
            var member = new SetMember(BinaryPrimitives.ReadUInt64BigEndian(bytes), bytes[8]);
            if (member.Weight is 0 or > MaxWeight || (index > 0 && member.Token <= read[^1].Token))
                return false;
            read.Add(member);
        }

        members = read.MoveToImmutable();
        return true;
    }

    private static bool TryReadLevels(ref ReadOnlySpan<byte> bytes, Characteristic kind, Token[] tokens, ref ulong? maskedVersion)
    {
        var levels = bytes[0];
        bytes = bytes[1..];
        var hasVersion = kind.Comparison == Comparison.Version && (levels & MaskedVersionBit) != 0;
        if (hasVersion)
            levels &= unchecked((byte)~MaskedVersionBit);
        if (levels == 0 || levels >> kind.Levels.Count != 0)
            return false;

        for (var level = 0; level < kind.Levels.Count; level++)
        {
            if ((levels & (1 << level)) == 0)
                continue;
            if (bytes.Length < Token.Size || !Token.Read(bytes).IsPresent)
                return false;
            tokens[TokenizedEnvironment.IndexOf(kind.Kind, level)] = Token.Read(bytes);
            bytes = bytes[Token.Size..];
        }

        if (!hasVersion)
            return true;
        if (bytes.Length < MaskedVersionSize)
            return false;
        maskedVersion = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        bytes = bytes[MaskedVersionSize..];
        return true;
    }
}
