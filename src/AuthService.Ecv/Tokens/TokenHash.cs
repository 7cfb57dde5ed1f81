using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AuthService.Ecv.Characteristics;

namespace AuthService.Ecv.Tokens;

/// <summary>HMAC-SHA-256(key, "authservice/ecv/1" ‖ kind ‖ level ‖ length ‖ value), cut to 128 bits.</summary>
/// <remarks>Kind and level are one byte each, the length four, big-endian; the value is UTF-8 unless its kind says otherwise.</remarks>
internal sealed class TokenHash(EcvKey key) : IDisposable
{
    // Keeps the keyed inner and outer state, which halves the time of a one-shot HMAC on short values.
    private readonly IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes);

    private static ReadOnlySpan<byte> Domain => "authservice/ecv/1"u8;

    public Token Of(CharacteristicKind kind, int level, string value)
    {
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(256)];
        var length = Encoding.UTF8.GetBytes(value, utf8);
        return Of(kind, level, utf8[..length]);
    }

    public Token Of(CharacteristicKind kind, int level, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[17 + 6];
        Domain.CopyTo(head);
        head[17] = (byte)kind;
        head[18] = (byte)level;
        BinaryPrimitives.WriteInt32BigEndian(head[19..], value.Length);
        hash.AppendData(head);
        hash.AppendData(value);

        Span<byte> mac = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(mac);
        return Token.Read(mac);
    }

    public void Dispose() => hash.Dispose();
}
