using System.Globalization;
using System.Net;
using AuthService.Ecv.Profiles;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using CsCheck;

namespace AuthService.Ecv.Tests;

/// <summary>Generators of surroundings and histories, from pools small enough that things meet again.</summary>
internal static class Worlds
{
    /// <summary>Cases a law is tried on; more on demand.</summary>
    public static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("AUTHSERVICE_LAW_CASES"), CultureInfo.InvariantCulture, out var more) ? more : 10_000;

    private static readonly string[] Countries = ["DE", "FR", "US"];

    /// <summary>0 to n-1, or null one time in four.</summary>
    private static Gen<int?> Maybe(int n) => Gen.Int[0, (4 * n / 3) - 1].Select(i => i < n ? i : (int?)null);

    private static Gen<string?> Text(string name, int n) => Maybe(n).Select(i => i is null ? null : $"{name} {i}");

    public static Gen<RawDeviceSignals> Device { get; } =
        Gen.Select(Text("hardware", 3), Text("maker", 3), Text("model", 3), Maybe(3), Maybe(6), Text("name", 3), Maybe(3))
            .Select((hardware, maker, model, os, version, name, mac) => new RawDeviceSignals
            {
                HardwareId = hardware, BoardId = hardware, Manufacturer = maker, Model = model,
                OsName = os is null ? null : $"os {os}", OsVersion = version is null ? null : $"{10 + (version / 2)}.{version % 2}",
                DeviceName = name, Mac = mac is null ? null : $"00:11:22:33:44:0{mac}",
            });

    public static Gen<RawAccessPoint> AccessPoint { get; } =
        Gen.Select(Gen.Int[0, 9], Gen.Int[-95, -30], Gen.Bool)
            .Select((point, rssi, tellsRssi) => new RawAccessPoint($"44:4e:6d:00:00:0{point}", tellsRssi ? rssi : null));

    public static Gen<RawWifiSignals> Wifi { get; } =
        Gen.Select(Text("net", 3), Maybe(4), AccessPoint.Array[0, 6])
            .Select((ssid, bssid, neighbours) => new RawWifiSignals
            {
                Ssid = ssid, Bssid = bssid is null ? null : $"3c:a6:2f:00:00:0{bssid}", Neighbours = neighbours,
            });

    /// <summary>A town of a few kilometres, so that places share cells, touch, or lie apart.</summary>
    public static Gen<(double Latitude, double Longitude)> Spot { get; } =
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40]).Select((north, east) => (52.5 + (north * 0.0009), 13.36 + (east * 0.0011)));

    public static Gen<RawLocationSignals> Location { get; } =
        Gen.Select(Maybe(3), Text("city", 3), Maybe(2), Maybe(3), Gen.Null(Spot.Select(s => (double[])[s.Latitude, s.Longitude])), Maybe(3))
            .Select((country, city, net, cell, spot, language) => new RawLocationSignals
            {
                CountryCode = country is { } c ? Countries[c] : null, CityCode = city,
                MccMnc = net is null ? null : $"262-0{net}", CellId = cell is null ? null : $"cell{cell}",
                Latitude = spot?[0], Longitude = spot?[1], AccuracyM = spot is null ? null : 20,
                Language = language is null ? null : ((string[])["de-DE", "fr", "en-US"])[language.Value],
            });

    public static Gen<RawSignals> Signals { get; } =
        Gen.Select(Device, Wifi, Location, Gen.Int[0, 4].Array[0, 4])
            .Select((device, wifi, location, accounts) => new RawSignals
            {
                Device = device, Wifi = wifi, Location = location, PlatformAccountHashes = [.. accounts.Select(i => $"account {i}")],
            });

    /// <summary>All levels there, from three countries with three networks of three prefixes each.</summary>
    public static Gen<ConnectionObservation> Origin { get; } =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 6], Gen.Int[0, 23])
            .Select((country, asn, prefix, day, hour) => Connection(country, asn, prefix, World.Start.AddDays(day).AddHours(hour)));

    public static Gen<(RawSignals Signals, ConnectionObservation Connection)> Surroundings { get; } = Gen.Select(Signals, Origin);

    /// <summary>Surroundings that histories are made of, tokenised once: hashing them for every case would take all the time.</summary>
    private static readonly TokenizedEnvironment[] Pool =
        [.. Enumerable.Range(0, 2000).Select(i => Surroundings.Generate(new PCG(7, (ulong)i), null, out _)).Select(s => World.Tokenize(s.Signals, s.Connection))];

    /// <summary>Up to twelve logins, with whatever right, from up to two devices, over months.</summary>
    public static Gen<Profile> Histories { get; } =
        Gen.Select(Gen.Int[0, 1999], Gen.Int[0, 200], Gen.Int[1, 4], Gen.Int[0, 2]).Array[0, 12].Select(logins =>
        {
            var content = new ProfileContent();
            for (var index = 0; index < logins.Length; index++)
            {
                var (environment, daysAgo, how, device) = logins[index];
                Learning.Learn(content, Pool[environment], new Lesson(
                    VerdictTag.Of($"history {index}"), World.Start.AddDays(-daysAgo), (LearnedHow)how,
                    device == 0 ? null : DeviceTag.Of($"device {device}")));
            }

            return Profile.Read(ProfileWriter.Write(content));
        });

    /// <summary>Values that no history above holds.</summary>
    public static RawSignals AllNew { get; } = new()
    {
        Device = new RawDeviceSignals
        {
            HardwareId = "new", BoardId = "new", Manufacturer = "new", Model = "new", OsName = "new", OsVersion = "1.0", DeviceName = "new",
            Mac = "00:99:99:99:99:99",
        },
        Wifi = new RawWifiSignals { Ssid = "new", Bssid = "00:99:99:99:99:98", Neighbours = [new("00:99:99:99:99:97", -50)] },
        Location = new RawLocationSignals
        {
            CountryCode = "NZ", CityCode = "new", MccMnc = "530-01", CellId = "new", Latitude = -36.8, Longitude = 174.7, AccuracyM = 10,
            Language = "mi",
        },
        PlatformAccountHashes = ["new"],
    };

    public static ConnectionObservation NewOrigin { get; } =
        new() { Peer = IPAddress.Parse("198.51.100.1"), Country = "NZ", Asn = 9500, Time = World.Start };

    public static ConnectionObservation Connection(int country, int asn, int prefix, DateTimeOffset time) => new()
    {
        Country = Countries[country],
        Asn = (uint)((country * 10) + asn + 1),
        Peer = new IPAddress([10, (byte)((country * 3) + asn), (byte)prefix, 9]),
        Time = time,
    };
}
