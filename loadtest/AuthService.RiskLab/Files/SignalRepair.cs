using AuthService.Ecv.Signals;

namespace AuthService.RiskLab.Files;

/// <summary>Takes out of signals what the engine refuses. A server refuses the whole call instead; a file has nobody to tell.</summary>
internal static class SignalRepair
{
    public static RawSignals Without(RawSignals raw, IReadOnlyList<SignalViolation> violations)
    {
        foreach (var violation in violations)
            raw = Without(raw, violation.Field);
        // What is still refused then is refused for a reason that names another field: without it all there is nothing wrong.
        return SignalParser.TryParse(raw, out _, out _) ? raw : new RawSignals();
    }

    private static RawSignals Without(RawSignals raw, string field) => field.Split('.', '[')[0] switch
    {
        "device" => raw with { Device = Without(raw.Device!, field["device.".Length..]) },
        "wifi" => raw with { Wifi = Without(raw.Wifi!, field["wifi.".Length..]) },
        "location" => raw with { Location = Without(raw.Location!, field["location.".Length..]) },
        _ => raw with { PlatformAccountHashes = [] },
    };

    private static RawDeviceSignals Without(RawDeviceSignals device, string field) => field switch
    {
        "hardware_id" => device with { HardwareId = null },
        "board_id" => device with { BoardId = null },
        "mac" => device with { Mac = null },
        "manufacturer" => device with { Manufacturer = null },
        "model" => device with { Model = null },
        "os_name" => device with { OsName = null },
        "os_version" => device with { OsVersion = null },
        "device_name" => device with { DeviceName = null },
        _ => device with { Category = null },
    };

    private static RawWifiSignals Without(RawWifiSignals wifi, string field) => field switch
    {
        "ssid" => wifi with { Ssid = null },
        "bssid" => wifi with { Bssid = null },
        "rssi_dbm" => wifi with { RssiDbm = null },
        _ => wifi with { Neighbours = [.. wifi.Neighbours.Take(64).Where(IsReadable)] },
    };

    private static bool IsReadable(RawAccessPoint point) =>
        point.Bssid is { } bssid && Eui48.TryParse(bssid, out _) && point.RssiDbm is null or (>= -120 and <= 0);

    private static RawLocationSignals Without(RawLocationSignals location, string field) => field switch
    {
        "country_code" => location with { CountryCode = null },
        "city_code" => location with { CityCode = null },
        "mcc_mnc" => location with { MccMnc = null },
        "cell_id" => location with { CellId = null },
        "language" => location with { Language = null },
        _ => location with { Latitude = null, Longitude = null, AccuracyM = null },
    };
}
