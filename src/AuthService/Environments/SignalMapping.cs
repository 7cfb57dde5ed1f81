using AuthService.Ecv.Signals;
using AuthService.V1;

namespace AuthService.Environments;

/// <summary>From the message to the engine's own types. In protobuf, a field that was not set is empty text.</summary>
internal static class SignalMapping
{
    public static RawSignals ToRaw(EnvironmentSignals message) => new()
    {
        Device = message.Device is { } device ? ToRaw(device) : null,
        Wifi = message.Wifi is { } wifi ? ToRaw(wifi) : null,
        Location = message.Location is { } location ? ToRaw(location) : null,
        PlatformAccountHashes = message.Account?.PlatformAccountHashes ?? [],
    };

    private static RawDeviceSignals ToRaw(DeviceSignals device) => new()
    {
        HardwareId = device.HardwareId,
        BoardId = device.BoardId,
        Mac = device.Mac,
        Manufacturer = device.Manufacturer,
        Model = device.Model,
        OsName = device.OsName,
        OsVersion = device.OsVersion,
        DeviceName = device.DeviceName,
        Category = device.Category,
    };

    private static RawWifiSignals ToRaw(WifiSignals wifi) => new()
    {
        Ssid = wifi.Ssid,
        Bssid = wifi.Bssid,
        RssiDbm = wifi.HasRssiDbm ? wifi.RssiDbm : null,
        Neighbours = [.. wifi.Neighbours.Select(seen => new RawAccessPoint(seen.Bssid, seen.HasRssiDbm ? seen.RssiDbm : null))],
    };

    private static RawLocationSignals ToRaw(LocationSignals location) => new()
    {
        CountryCode = location.CountryCode,
        CityCode = location.CityCode,
        MccMnc = location.MccMnc,
        CellId = location.CellId,
        Latitude = location.HasLatitude ? location.Latitude : null,
        Longitude = location.HasLongitude ? location.Longitude : null,
        AccuracyM = location.HasAccuracyM ? location.AccuracyM : null,
        Language = location.Language,
    };
}
