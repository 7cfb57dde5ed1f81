using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tokens;

/// <summary>The tokens of what the server observed.</summary>
internal static class ObservationTokens
{
    private const int HoursAPart = 4;
    private const int FewestDoublings = 3;
    private const int MostDoublings = 12;

    public static void Write(ConnectionObservation observation, EnvironmentWriter writer)
    {
        writer.Write(CharacteristicKind.NetworkOrigin, 0, observation.Country);
        writer.WriteWithin(
            CharacteristicKind.NetworkOrigin, 1, observation.Country, observation.Asn?.ToString(CultureInfo.InvariantCulture));
        Span<byte> prefix = stackalloc byte[7];
        writer.Write(CharacteristicKind.NetworkOrigin, 2, observation.Peer is { } peer ? prefix[..WritePrefix(peer, prefix)] : []);
        writer.Write(CharacteristicKind.TimeHabit, 0, observation.Time is { } time ? PartOfWeek(time) : null);
        if (observation.RoundTrip is { } roundTrip)
            WriteDelay(roundTrip, writer);
    }

    /// <summary>
    /// The delay in doublings, from below 8 ms to 4 s and above. A relay adds its own way; a network's usual jitter stays within a
    /// doubling, so the doublings beside it are half as good as its own.
    /// </summary>
    private static void WriteDelay(TimeSpan roundTrip, EnvironmentWriter writer)
    {
        var milliseconds = (ulong)Math.Clamp(roundTrip.TotalMilliseconds, 0, 1 << MostDoublings);
        var doubling = Math.Max(FewestDoublings, milliseconds == 0 ? 0 : BitOperations.Log2(milliseconds));
        writer.Write(CharacteristicKind.ConnectionDelay, 0, Name(doubling));
        const uint half = Places.Surroundings.One / 2;
        writer.WriteDelayNeighbourhood(new CellNeighbourhood([new CellLevel(
            [.. new[] { doubling - 1, doubling + 1 }.Select(beside => new NeighbourCell(
                writer.Hash.Of(CharacteristicKind.ConnectionDelay, 0, Name(beside)), half, half))],
            Places.Surroundings.One)]));

        static string Name(int doubling) => doubling.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Family (4 or 6), then the first 24 or 48 bits: what one customer or one small network holds.</summary>
    private static int WritePrefix(IPAddress peer, Span<byte> prefix)
    {
        Span<byte> address = stackalloc byte[16];
        if (peer.IsIPv4MappedToIPv6)
            peer = peer.MapToIPv4();
        var isIPv4 = peer.AddressFamily == AddressFamily.InterNetwork;
        peer.TryWriteBytes(address, out _);
        prefix[0] = isIPv4 ? (byte)4 : (byte)6;
        var length = isIPv4 ? 3 : 6;
        address[..length].CopyTo(prefix[1..]);
        return 1 + length;
    }

    /// <summary>UTC in six parts of the day, weekday or weekend: twelve classes, too coarse to be a diary.</summary>
    private static string PartOfWeek(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var weekend = utc.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return string.Create(CultureInfo.InvariantCulture, $"{(weekend ? "weekend" : "weekday")}/{utc.Hour / HoursAPart}");
    }
}
