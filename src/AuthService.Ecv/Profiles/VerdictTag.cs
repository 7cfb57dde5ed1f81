using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AuthService.Ecv.Profiles;

/// <summary>A verdict's id, shortened to 64 bits, by which a profile remembers what a login taught it.</summary>
public readonly record struct VerdictTag(ulong Value)
{
    /// <summary>The first 64 bits of the id's SHA-256. Verdict ids are names, so no key is needed.</summary>
    public static VerdictTag Of(string verdictId)
    {
        ArgumentException.ThrowIfNullOrEmpty(verdictId);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(verdictId), hash);
        return new VerdictTag(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }
}
