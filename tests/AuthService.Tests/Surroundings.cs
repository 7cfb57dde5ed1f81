using AuthService.V1;

namespace AuthService.Tests;

/// <summary>Environments as a phone would send them.</summary>
public static class Surroundings
{
    public static EnvironmentSignals AtHome() => new()
    {
        Device = Phone("a1b2c3d4e5f60718"),
        Wifi = new WifiSignals
        {
            Ssid = "Waldhaus",
            Bssid = "3c:a6:2f:11:22:33",
            RssiDbm = -48,
            Neighbours =
            {
                new AccessPoint { Bssid = "3c:a6:2f:44:55:66", RssiDbm = -61 },
                new AccessPoint { Bssid = "90:5c:44:77:88:99", RssiDbm = -77 },
            },
        },
        Location = new LocationSignals
        {
            CountryCode = "DE", CityCode = "DEBER", MccMnc = "262-01", CellId = "19283746",
            Latitude = 52.520008, Longitude = 13.404954, AccuracyM = 25, Language = "de-DE",
        },
    };

    /// <summary>Another phone, far away.</summary>
    public static EnvironmentSignals Abroad() => new()
    {
        Device = Phone("ffeeddccbbaa9988", manufacturer: "Xiaomi", model: "23021RAA2Y", board: "zircon-71c2"),
        Wifi = new WifiSignals { Ssid = "Hotel Lobby", Bssid = "b0:4e:26:0a:0b:0c", RssiDbm = -70 },
        Location = new LocationSignals
        {
            CountryCode = "BR", CityCode = "BRSAO", MccMnc = "724-05", CellId = "55667788",
            Latitude = -23.55052, Longitude = -46.633308, AccuracyM = 40, Language = "pt-BR",
        },
    };

    private static DeviceSignals Phone(string hardwareId, string manufacturer = "Google", string model = "Pixel 8", string board = "shiba-04e9") => new()
    {
        HardwareId = hardwareId, BoardId = board, Manufacturer = manufacturer, Model = model,
        OsName = "Android", OsVersion = "15.1.0", DeviceName = $"{model} of somebody", Category = "phone",
    };
}
