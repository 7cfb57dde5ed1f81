using System.Buffers.Binary;

namespace AuthService.Ecv.Tokens;

/// <summary>A value at one level, under a key: the first 128 bits of its HMAC. The default means absent.</summary>
public readonly record struct Token(UInt128 Value)
{
    /// <summary>Bytes of a token.</summary>
    public const int Size = 16;

    public bool IsPresent => Value != UInt128.Zero;

    public static Token Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);

    /// <summary>Lower-case hexadecimal, for the key of a counter in a store.</summary>
    public override string ToString() => Value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
