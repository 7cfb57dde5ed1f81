using System.Net;
using System.Security.Cryptography;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using AuthService.Security.Keys;

namespace AuthService.Accounts;

/// <summary>
/// A home that nobody has: what a decoy's profile is learned from, so that judging a login against it takes the work of judging it
/// against somebody's.
/// </summary>
internal static class DecoyProfile
{
    /// <summary>How many logins have taught it: as many as most people have (anchors: the median is 2).</summary>
    private const int Lessons = 2;

    public static byte[] Make(AccountKeys keys, DateTimeOffset now)
    {
        if (!SignalParser.TryParse(Home(), out var signals, out _))
            throw new InvalidOperationException("The decoys' home is not well-formed.");

        using var key = new EcvKey(keys.EcvKey);
        var profile = Profile.Empty;
        for (var day = Lessons; day > 0; day--)
        {
            var time = now - TimeSpan.FromDays(day);
            var environment = Tokenizer.Tokenize(key, signals, SignalConsents.All, Connection(time));
            profile = profile.Learn(environment, new Lesson(VerdictTag.Of($"decoy/{day}"), time, LearnedHow.SignUp, Device: null));
        }

        return profile.Write();
    }

    private static RawSignals Home() => new()
    {
        Device = new RawDeviceSignals
        {
            HardwareId = RandomNumberGenerator.GetHexString(16, lowercase: true),
            Manufacturer = "Example",
            Model = "Phone",
            OsName = "Android",
            OsVersion = "15.0",
            DeviceName = "Phone",
            Category = "phone",
        },
        Wifi = new RawWifiSignals
        {
            Ssid = "Home",
            Bssid = AccessPoint(),
            RssiDbm = -50,
            Neighbours = [.. Enumerable.Range(0, 4).Select(number => new RawAccessPoint(AccessPoint(), -60 - number))],
        },
        Location = new RawLocationSignals
        {
            CountryCode = "DE",
            CityCode = "DEBER",
            MccMnc = "262-01",
            CellId = RandomNumberGenerator.GetHexString(8),
            Latitude = 52.5,
            Longitude = 13.4,
            AccuracyM = 30,
            Language = "de-DE",
        },
    };

    /// <summary>With as much as address sources tell of anybody's. RFC 5398 keeps this operator for documentation.</summary>
    private static ConnectionObservation Connection(DateTimeOffset time) => new() { Peer = Peer(), Country = "DE", Asn = 64_496, Time = time };

    /// <summary>Of RFC 2544's networks for benchmarks: nobody ever calls from there.</summary>
    private static IPAddress Peer() => new([198, (byte)(18 + RandomNumberGenerator.GetInt32(2)), (byte)RandomNumberGenerator.GetInt32(256), 1]);

    /// <summary>Under RFC 7042's prefix for documentation.</summary>
    private static string AccessPoint() => $"00:00:5e:00:53:{RandomNumberGenerator.GetHexString(2, lowercase: true)}";
}
