using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AuthService.Ecv.Characteristics;

namespace AuthService.Ecv.Tokens;

/// <summary>HMAC-SHA-256(key, "authservice/ecv/1" ‖ kind ‖ level ‖ length ‖ value), cut to 128 bits.</summary>
/// <remarks>Kind and level are one byte each, the length four, big-endian; the value is UTF-8 unless its kind says otherwise.</remarks>
internal sealed class TokenHash(EcvKey key) : IDisposable
{
    private const int HeadSize = 17 + 6;

    /// <summary>The longest canonical text, 128 characters of up to four bytes; or a name, a NUL, a name, 64 characters each.</summary>
    private const int MaxValueSize = (128 * 4) + 1;

    // Keeps the keyed inner and outer state, which halves the time of a one-shot HMAC on short values.
    private readonly IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes);

    private static ReadOnlySpan<byte> Domain => "authservice/ecv/1"u8;

    /// <summary>For a single value: without a state to keep, which takes as long as two HMACs to make.</summary>
    public static Token Once(EcvKey key, CharacteristicKind kind, int level, ReadOnlySpan<char> value)
    {
        Span<byte> message = stackalloc byte[HeadSize + MaxValueSize];
        message = WithHead(kind, level, message[..(HeadSize + Encoding.UTF8.GetBytes(value, message[HeadSize..]))]);
        Span<byte> mac = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes, message, mac);
        return Token.Read(mac);
    }

    public Token Of(CharacteristicKind kind, int level, ReadOnlySpan<char> value)
    {
        Span<byte> message = stackalloc byte[HeadSize + MaxValueSize];
        return Of(WithHead(kind, level, message[..(HeadSize + Encoding.UTF8.GetBytes(value, message[HeadSize..]))]));
    }

    /// <summary>Of parent, NUL, value.</summary>
    public Token Of(CharacteristicKind kind, int level, ReadOnlySpan<char> parent, ReadOnlySpan<char> value)
    {
        Span<byte> message = stackalloc byte[HeadSize + MaxValueSize];
        var length = HeadSize + Encoding.UTF8.GetBytes(parent, message[HeadSize..]);
        message[length++] = 0;
        return Of(WithHead(kind, level, message[..(length + Encoding.UTF8.GetBytes(value, message[length..]))]));
    }

    public Token Of(CharacteristicKind kind, int level, ReadOnlySpan<byte> value)
    {
        Span<byte> message = stackalloc byte[HeadSize + MaxValueSize];
        value.CopyTo(message[HeadSize..]);
        return Of(WithHead(kind, level, message[..(HeadSize + value.Length)]));
    }

    public void Dispose() => hash.Dispose();

    private static Span<byte> WithHead(CharacteristicKind kind, int level, Span<byte> message)
    {
        Domain.CopyTo(message);
        message[17] = (byte)kind;
        message[18] = (byte)level;
        BinaryPrimitives.WriteInt32BigEndian(message[19..], message.Length - HeadSize);
        return message;
    }

    // In one piece: a call into the native library costs as much as hashing a block.
    private Token Of(ReadOnlySpan<byte> message)
    {
        Span<byte> mac = stackalloc byte[SHA256.HashSizeInBytes];
        hash.AppendData(message);
        hash.GetHashAndReset(mac);
        return Token.Read(mac);
    }
}
