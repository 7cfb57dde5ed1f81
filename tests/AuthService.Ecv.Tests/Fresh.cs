using System.Net;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tests;

/// <summary>Changes to surroundings.</summary>
internal static class Fresh
{
    /// <summary>The finest value of every kind replaced by one that no history holds; parents stay.</summary>
    public static RawSignals Finest(RawSignals signals) => signals with
    {
        Device = signals.Device! with
        {
            HardwareId = "fresh", BoardId = "fresh", DeviceName = "fresh", Mac = "00:99:99:99:99:99", Model = "fresh",
        },
        Wifi = signals.Wifi! with { Bssid = "00:99:99:99:99:98", Neighbours = [new("00:99:99:99:99:97", -50)] },
        Location = signals.Location! with { CityCode = "fresh", CellId = "fresh", Language = "mi", Latitude = -36.8, Longitude = 174.7 },
        PlatformAccountHashes = ["fresh"],
    };

    /// <summary>Another prefix of the same network, and a time of day of no login.</summary>
    public static ConnectionObservation Finest(ConnectionObservation connection) => connection with { Peer = IPAddress.Parse("192.0.2.1") };

    /// <summary>The client's fields behind a kind left out; what is observed cannot be.</summary>
    public static RawSignals Without(RawSignals signals, string kind) => kind switch
    {
        "device.hardware" => signals with { Device = signals.Device! with { HardwareId = null } },
        "device.board" => signals with { Device = signals.Device! with { BoardId = null } },
        "device.name" => signals with { Device = signals.Device! with { DeviceName = null } },
        "device.mac" => signals with { Device = signals.Device! with { Mac = null } },
        "device.model" => signals with { Device = signals.Device! with { Manufacturer = null, Model = null } },
        "device.os" => signals with { Device = signals.Device! with { OsName = null, OsVersion = null } },
        "wifi.network" => signals with { Wifi = signals.Wifi! with { Ssid = null, Bssid = null } },
        "wifi.scene" => signals with { Wifi = signals.Wifi! with { Neighbours = [] } },
        "place.region" => signals with { Location = signals.Location! with { CountryCode = null, CityCode = null } },
        "place.cell" => signals with { Location = signals.Location! with { MccMnc = null, CellId = null } },
        "place.geo" => signals with { Location = signals.Location! with { Latitude = null, Longitude = null } },
        "account.company" => signals with { PlatformAccountHashes = [] },
        "language" => signals with { Location = signals.Location! with { Language = null } },
        _ => signals,
    };

    public static RawSignals Reordered(RawSignals signals, int seed)
    {
        var neighbours = signals.Wifi!.Neighbours.ToList();
        var accounts = signals.PlatformAccountHashes.Concat(signals.PlatformAccountHashes.Take(1)).ToList();
        return signals with
        {
            Wifi = signals.Wifi with { Neighbours = Rotated(neighbours, seed) },
            PlatformAccountHashes = Rotated(accounts, seed),
        };
    }

    private static List<T> Rotated<T>(List<T> items, int seed)
    {
        var by = items.Count == 0 ? 0 : seed % items.Count;
        var rotated = items.Skip(by).Concat(items.Take(by));
        return [.. seed % 2 == 0 ? rotated : rotated.Reverse()];
    }
}
