using System.Net;

namespace AuthService.RiskLab.Population;

/// <summary>Hands out /24s and autonomous system numbers, each once.</summary>
internal sealed class AddressSpace
{
    /// <summary>11.0.0.0 and on: sixteen million addresses in which nothing is reserved.</summary>
    private const int FirstBlock = 11 << 16;

    private int _blocks;
    private uint _asns = 1_000;

    public uint NextAsn() => ++_asns;

    /// <summary>The number of the first of so many /24s in a row.</summary>
    public int Take(int blocks)
    {
        var first = _blocks;
        _blocks += blocks;
        return first;
    }

    public static IPAddress IPv4(int block, int host)
    {
        var number = FirstBlock + block;
        return new IPAddress([(byte)(number >> 16), (byte)(number >> 8), (byte)number, (byte)host]);
    }

    /// <summary>An address in the /48 that one customer has.</summary>
    public static IPAddress IPv6(uint asn, int customer, ulong host)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes[0] = 0x2a;
        bytes[1] = (byte)(asn >> 16);
        bytes[2] = (byte)(asn >> 8);
        bytes[3] = (byte)asn;
        bytes[4] = (byte)(customer >> 8);
        bytes[5] = (byte)customer;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], host);
        return new IPAddress(bytes);
    }
}
