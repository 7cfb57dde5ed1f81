using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AuthService.RiskLab.Contestants.Engine;

/// <summary>Keys and keyed hashes from the seed, where a server would have secrets: these accounts have nothing to protect.</summary>
internal sealed class LabHash(ulong seed)
{
    /// <summary>An account's K_account.</summary>
    public byte[] KeyOf(string user) => Hash("key", Encoding.UTF8.GetBytes(user));

    public ulong Of(string about, string name) => Short(Hash(about, Encoding.UTF8.GetBytes(name)));

    /// <summary>Of an address's /24 or /48; nothing for no address.</summary>
    public ulong? OfNetwork(IPAddress? peer)
    {
        if (peer is null)
            return null;
        if (peer.IsIPv4MappedToIPv6)
            peer = peer.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        peer.TryWriteBytes(bytes, out _);
        var isIPv4 = peer.AddressFamily == AddressFamily.InterNetwork;
        return Short(Hash(isIPv4 ? "network 4" : "network 6", bytes[..(isIPv4 ? 3 : 6)]));
    }

    private static ulong Short(byte[] hash) => BinaryPrimitives.ReadUInt64BigEndian(hash);

    private byte[] Hash(string about, ReadOnlySpan<byte> value)
    {
        var text = new byte[sizeof(ulong) + about.Length + 1 + value.Length];
        BinaryPrimitives.WriteUInt64BigEndian(text, seed);
        Encoding.ASCII.GetBytes(about, text.AsSpan(sizeof(ulong)));
        value.CopyTo(text.AsSpan(sizeof(ulong) + about.Length + 1));
        return SHA256.HashData(text);
    }
}
