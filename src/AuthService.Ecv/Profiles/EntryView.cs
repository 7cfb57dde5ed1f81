using System.Buffers.Binary;
using System.Numerics;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Profiles;

/// <summary>An entry as it lies in the row, read in place.</summary>
/// <remarks>
/// <code>
/// u64 founding verdict │ u16 first day │ u16 second day │ u16 last day │ u8 weight │ u8 how │ u32 devices │ u64 visits
/// then  u8 levels │ 16 token for each level │ 8 masked version if bit 7 of levels
/// or    u8 members │ members × (u64 token ascending, u8 weight), for sets
/// </code>
/// Numbers are big-endian.
/// </remarks>
internal readonly ref struct EntryView(ReadOnlySpan<byte> bytes)
{
    public const int HeaderSize = 28;
    private const byte MaskedVersionBit = 0x80;
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public ulong FoundedBy => BinaryPrimitives.ReadUInt64BigEndian(bytes);

    public ushort FirstDay => BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]);

    public ushort SecondDay => BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]);

    public ushort LastDay => BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]);

    public byte Weight => bytes[14];

    public LearnedHow How => (LearnedHow)bytes[15];

    public uint Devices => BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);

    public ulong Visits => BinaryPrimitives.ReadUInt64BigEndian(bytes[20..]);

    /// <summary>In halves of a login: what only a step-up taught weighs half until it is seen on a second day.</summary>
    public int EffectiveWeight => Effective(Weight, How, SecondDay);

    public ulong? MaskedVersion =>
        (bytes[HeaderSize] & MaskedVersionBit) == 0 ? null : BinaryPrimitives.ReadUInt64BigEndian(bytes[^8..]);

    private int MemberCount => bytes[HeaderSize];

    public static int Effective(int weight, LearnedHow how, ushort secondDay) =>
        how == LearnedHow.StepUp && secondDay == 0 ? weight : 2 * weight;

    /// <summary>Bytes of the entry that starts here; 0 when it is malformed or cut off.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes, Characteristic kind)
    {
        if (bytes.Length <= HeaderSize || !HasShapeOf(kind, bytes[HeaderSize]))
            return 0;

        var size = SizeOf(bytes, kind);
        return size <= bytes.Length && new EntryView(bytes[..size]).IsWellFormed(kind) ? size : 0;
    }

    /// <summary>Bytes of the entry that starts here, where all is known to be well-formed.</summary>
    public static int SizeOf(ReadOnlySpan<byte> bytes, Characteristic kind)
    {
        var shape = bytes[HeaderSize];
        if (kind.Comparison == Comparison.Set)
            return HeaderSize + 1 + (shape * SetMember.Size);

        // Bit 7 stands for eight bytes, any other bit for sixteen.
        var levels = BitOperations.PopCount((uint)(shape & ~MaskedVersionBit));
        return HeaderSize + 1 + (levels * Token.Size) + ((shape & MaskedVersionBit) == 0 ? 0 : 8);
    }

    private static bool HasShapeOf(Characteristic kind, byte shape)
    {
        if (kind.Comparison == Comparison.Set)
            return shape is > 0 and <= SetMember.MaxCount;

        var levels = kind.Comparison == Comparison.Version ? shape & ~MaskedVersionBit : shape;
        return levels != 0 && levels >> kind.Levels.Count == 0;
    }

    /// <summary>Whether a level is there; not for sets.</summary>
    public bool Has(int level) => (bytes[HeaderSize] & (1 << level)) != 0;

    /// <summary>The token of a level, default when absent.</summary>
    public Token At(int level)
    {
        if (!Has(level))
            return default;

        var before = BitOperations.PopCount((uint)(bytes[HeaderSize] & ((1 << level) - 1)));
        return Token.Read(bytes[(HeaderSize + 1 + (before * Token.Size))..]);
    }

    private SetMember Member(int index)
    {
        var member = bytes[(HeaderSize + 1 + (index * SetMember.Size))..];
        return new SetMember(BinaryPrimitives.ReadUInt64BigEndian(member), member[8]);
    }

    /// <summary>Copies the members and returns those copied; room for <see cref="SetMember.MaxCount"/> is enough.</summary>
    public ReadOnlySpan<SetMember> Members(Span<SetMember> room)
    {
        for (var index = 0; index < MemberCount; index++)
            room[index] = Member(index);
        return room[..MemberCount];
    }

    private bool IsWellFormed(Characteristic kind)
    {
        if (Weight is 0 or > ProfileEntry.MaxWeight || How is < LearnedHow.SignUp or > LearnedHow.Allow || FirstDay == 0
            || LastDay < FirstDay || (SecondDay != 0 && (SecondDay <= FirstDay || SecondDay > LastDay)))
        {
            return false;
        }

        return kind.Comparison == Comparison.Set ? HasOrderedMembers() : HasTokens();
    }

    /// <summary>A token of zeros is an absent one, and absent ones are not stored.</summary>
    private bool HasTokens()
    {
        var tokens = bytes.Slice(HeaderSize + 1, BitOperations.PopCount((uint)(bytes[HeaderSize] & ~MaskedVersionBit)) * Token.Size);
        for (; !tokens.IsEmpty; tokens = tokens[Token.Size..])
        {
            if (!Token.Read(tokens).IsPresent)
                return false;
        }

        return true;
    }

    private bool HasOrderedMembers()
    {
        var last = 0UL;
        for (var index = 0; index < MemberCount; index++)
        {
            var member = Member(index);
            if (member.Weight is 0 or > 15 || (index > 0 && member.Token <= last))
                return false;
            last = member.Token;
        }

        return true;
    }
}
