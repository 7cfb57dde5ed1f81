using System.Net;

namespace AuthService.Environments.Addresses;

/// <summary>
/// Addresses from all over, to look up before a file is put to use: what was cut off or overwritten in the middle shows there and not
/// in somebody's login. All of a large file would take half a minute.
/// </summary>
internal static class SampleAddresses
{
    private const int EachFamily = 1024;

    public static IReadOnlyList<IPAddress> All { get; } =
    [
        .. Enumerable.Range(0, EachFamily).Select(number => Address(4, number)),
        // 2000::/3 is what is assigned of IPv6.
        .. Enumerable.Range(0, EachFamily).Select(number => Address(16, number, firstBits: 0x2000)),
    ];

    /// <summary>The number's bits are the address's first ones: evenly spread.</summary>
    private static IPAddress Address(int length, int number, int firstBits = 0)
    {
        var first = firstBits | (firstBits == 0 ? number << 6 : number << 3);
        var bytes = new byte[length];
        (bytes[0], bytes[1], bytes[^1]) = ((byte)(first >> 8), (byte)first, 1);
        return new IPAddress(bytes);
    }
}
