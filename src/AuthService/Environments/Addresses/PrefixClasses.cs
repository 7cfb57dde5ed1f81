using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using AuthService.Ecv.Signals;

namespace AuthService.Environments.Addresses;

/// <summary>Networks and their classes. The longest prefix that holds an address speaks for it.</summary>
/// <remarks>One table for each length of a prefix, looked into from the longest down: few lengths occur, and none is searched.</remarks>
internal sealed class PrefixClasses
{
    /// <summary>What needs no telling: RFC 6598 gave 100.64.0.0/10 to carriers, to put between their customers and the world.</summary>
    public static PrefixClasses BuiltIn { get; } = new([(IPNetwork.Parse("100.64.0.0/10"), NetworkClass.CarrierGradeNat)], DateTimeOffset.UnixEpoch);

    private readonly LengthTable[] _ipv4, _ipv6;

    /// <param name="networks">Each at most once.</param>
    /// <param name="writtenAt">When somebody last changed them.</param>
    public PrefixClasses(IReadOnlyCollection<(IPNetwork Network, NetworkClass Class)> networks, DateTimeOffset writtenAt)
    {
        _ipv4 = Tables(networks, AddressFamily.InterNetwork);
        _ipv6 = Tables(networks, AddressFamily.InterNetworkV6);
        (Count, WrittenAt) = (networks.Count, writtenAt);
    }

    public int Count { get; }

    public DateTimeOffset WrittenAt { get; }

    /// <returns>Unknown if no prefix holds the address.</returns>
    public NetworkClass Of(IPAddress address)
    {
        var bits = Bits(address);
        foreach (var table in address.AddressFamily == AddressFamily.InterNetwork ? _ipv4 : _ipv6)
        {
            if (table.Classes.TryGetValue(bits & table.Mask, out var network))
                return network;
        }

        return NetworkClass.Unknown;
    }

    private static LengthTable[] Tables(IEnumerable<(IPNetwork Network, NetworkClass Class)> networks, AddressFamily family) =>
    [
        .. networks
            .Where(known => known.Network.BaseAddress.AddressFamily == family)
            .GroupBy(known => known.Network.PrefixLength)
            .OrderByDescending(length => length.Key)
            .Select(length => new LengthTable(
                length.Key == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - length.Key),
                length.ToDictionary(known => Bits(known.Network.BaseAddress), known => known.Class))),
    ];

    /// <summary>The address at the top of 128 bits, whichever family: so a mask is the same for both.</summary>
    private static UInt128 Bits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private sealed record LengthTable(UInt128 Mask, Dictionary<UInt128, NetworkClass> Classes);
}
