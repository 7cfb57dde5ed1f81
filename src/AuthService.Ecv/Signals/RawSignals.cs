namespace AuthService.Ecv.Signals;

/// <summary>The signals as a client sent them: what <c>EnvironmentSignals</c> holds, unparsed. Nothing in here may be stored.</summary>
/// <remarks>An absent or empty field means: not sent, hidden by the platform, or not consented to. All three count the same.</remarks>
public sealed record RawSignals
{
    public RawDeviceSignals? Device { get; init; }

    public RawWifiSignals? Wifi { get; init; }

    public RawLocationSignals? Location { get; init; }

    /// <summary>Other accounts signed in on the device, hashed by the app: at most 16, each up to 128 characters.</summary>
    public IReadOnlyList<string> PlatformAccountHashes { get; init; } = [];
}

/// <summary>What the device says of itself. Limits are those of environment.proto.</summary>
public sealed record RawDeviceSignals
{
    public string? HardwareId { get; init; }

    public string? BoardId { get; init; }

    public string? Mac { get; init; }

    public string? Manufacturer { get; init; }

    public string? Model { get; init; }

    public string? OsName { get; init; }

    public string? OsVersion { get; init; }

    public string? DeviceName { get; init; }

    public string? Category { get; init; }
}

/// <summary>The Wi-Fi network the device is on, and those around it.</summary>
public sealed record RawWifiSignals
{
    public string? Ssid { get; init; }

    public string? Bssid { get; init; }

    /// <summary>Received signal strength, -120 to 0 dBm.</summary>
    public int? RssiDbm { get; init; }

    /// <summary>Other access points in reach, at most 64.</summary>
    public IReadOnlyList<RawAccessPoint> Neighbours { get; init; } = [];
}

/// <summary>One access point seen in a scan.</summary>
/// <param name="Bssid">EUI-48.</param>
/// <param name="RssiDbm">Received signal strength, -120 to 0 dBm.</param>
public sealed record RawAccessPoint(string? Bssid, int? RssiDbm);

/// <summary>Where the device says it is.</summary>
public sealed record RawLocationSignals
{
    public string? CountryCode { get; init; }

    public string? CityCode { get; init; }

    public string? MccMnc { get; init; }

    public string? CellId { get; init; }

    /// <summary>WGS 84, -90 to 90.</summary>
    public double? Latitude { get; init; }

    /// <summary>WGS 84, -180 to 180.</summary>
    public double? Longitude { get; init; }

    /// <summary>Radius in metres of the 68 % circle, 0 to 10,000,000.</summary>
    public double? AccuracyM { get; init; }

    public string? Language { get; init; }
}
