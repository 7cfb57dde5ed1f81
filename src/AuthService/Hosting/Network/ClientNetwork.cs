using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace AuthService.Hosting.Network;

/// <summary>Where a call comes from. An IPv4 address inside IPv6 (::ffff:a.b.c.d) is the IPv4 address.</summary>
public readonly record struct ClientNetwork
{
    public ClientNetwork(IPAddress address) =>
        Address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    public IPAddress Address { get; }

    /// <summary>Who a limit counts: an IPv4 address, or an IPv6 /64, since a household has all of one.</summary>
    public string LimitKey => Address.AddressFamily == AddressFamily.InterNetworkV6 ? Cut(64) : Address.ToString();

    /// <summary>The neighbourhood: /24 or /48. What a code or a challenge is bound to; a phone may change address inside it.</summary>
    public string Prefix => Address.AddressFamily == AddressFamily.InterNetworkV6 ? Cut(48) : Cut(24);

    private string Cut(int bits)
    {
        Span<byte> bytes = stackalloc byte[16];
        Address.TryWriteBytes(bytes, out var length);
        bytes = bytes[..length];
        for (var bit = bits; bit < length * 8; bit += 8)
            bytes[bit / 8] = 0;
        return $"{new IPAddress(bytes)}/{bits}";
    }
}
