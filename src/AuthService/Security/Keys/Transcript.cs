using System.Buffers.Binary;
using System.Text;

namespace AuthService.Security.Keys;

/// <summary>
/// What a MAC or an AEAD's associated data covers: parts, each with its length before it (u32, big-endian), so that no two
/// lists of parts give the same bytes. The first part is the purpose, for instance <c>authservice/refresh/1</c>.
/// </summary>
public static class Transcript
{
    /// <summary>Text is covered as UTF-8.</summary>
    public static byte[] Of(params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
            size += sizeof(uint) + Encoding.UTF8.GetByteCount(part);

        var bytes = new byte[size];
        var rest = bytes.AsSpan();
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, rest[sizeof(uint)..]);
            BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)length);
            rest = rest[(sizeof(uint) + length)..];
        }

        return bytes;
    }
}
