using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Xunit.Abstractions;

namespace AuthService.Ecv.Tests.Scenarios;

/// <summary>What it costs to try all values of a signal, if only a plain hash protected it. Prints the table of docs/ecv.md.</summary>
public sealed class InversionCostTests(ITestOutputHelper output)
{
    private const int Hashes = 200_000;

    private static readonly (string What, int Bits)[] Spaces =
        [("IPv4 /24", 24), ("IPv4 address", 32), ("geohash of length 6", 30), ("MAC of a known maker", 24), ("MAC, any of about 32,000 makers", 39)];

    [Fact]
    public void A_plain_hash_of_an_address_is_no_protection()
    {
        var perSecond = HashesPerSecond();

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0} SHA-256 a second on one core of this machine"));
        foreach (var (what, bits) in Spaces)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | 2^{bits} | {Time(Math.Pow(2, bits) / perSecond)} | 2^256 |"));

        // 2^32 in a day is 50,000 a second: any machine does that, however busy.
        (Math.Pow(2, 32) / perSecond).ShouldBeLessThan(TimeSpan.FromDays(1).TotalSeconds);
    }

    private static double HashesPerSecond()
    {
        Span<byte> value = stackalloc byte[24];
        Span<byte> hash = stackalloc byte[32];
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < Hashes; number++)
        {
            BinaryPrimitives.WriteInt32BigEndian(value, number);
            SHA256.HashData(value, hash);
        }

        return Hashes / watch.Elapsed.TotalSeconds;
    }

    private static string Time(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        < 172_800 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400:F0} days"),
    };
}
