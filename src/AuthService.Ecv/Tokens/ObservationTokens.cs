using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tokens;

/// <summary>The tokens of what the server observed.</summary>
internal static class ObservationTokens
{
    private const int HoursAPart = 4;

    public static void Write(ConnectionObservation observation, EnvironmentWriter writer)
    {
        writer.Write(CharacteristicKind.NetworkOrigin, 0, observation.Country);
        writer.WriteWithin(
            CharacteristicKind.NetworkOrigin, 1, observation.Country, observation.Asn?.ToString(CultureInfo.InvariantCulture));
        Span<byte> prefix = stackalloc byte[7];
        writer.Write(CharacteristicKind.NetworkOrigin, 2, observation.Peer is { } peer ? prefix[..WritePrefix(peer, prefix)] : []);
        writer.Write(CharacteristicKind.TimeHabit, 0, observation.Time is { } time ? PartOfWeek(time) : null);
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
