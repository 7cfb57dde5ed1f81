using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AuthService.Ecv.Profiles;

/// <summary>A bound device's id, shortened to 64 bits, by which a profile remembers which device taught it what.</summary>
public readonly record struct DeviceTag(ulong Value)
{
    /// <summary>The first 64 bits of the id's SHA-256. Device ids are names, so no key is needed.</summary>
    public static DeviceTag Of(string deviceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(deviceId);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(deviceId), hash);
        return new DeviceTag(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }
}
