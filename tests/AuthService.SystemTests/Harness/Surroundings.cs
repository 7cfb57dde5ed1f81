using AuthService.V1;

namespace AuthService.SystemTests.Harness;

/// <summary>Where people of these tests call from.</summary>
public static class Surroundings
{
    /// <summary>A phone in somebody's flat. Every number makes another phone, Wi-Fi and flat.</summary>
    public static EnvironmentSignals Home(int number) => new()
    {
        Device = new DeviceSignals
        {
            HardwareId = $"android-{number:x8}-home", Manufacturer = "Google", Model = "Pixel 9", OsName = "Android", OsVersion = "16.0.0",
            Category = "phone",
        },
        Wifi = new WifiSignals { Ssid = $"flat-{number}", Bssid = $"3c:37:12:{number >> 16 & 255:x2}:{number >> 8 & 255:x2}:{number & 255:x2}" },
        Location = new LocationSignals
        {
            CountryCode = "DE", CityCode = "DEBER", Latitude = 52.52, Longitude = 13.405, AccuracyM = 20, Language = "de-DE",
        },
    };

    /// <summary>An address of the block for benchmarks (RFC 2544): one each for 131,072 numbers.</summary>
    public static string Network(int number) => $"198.{18 + (number >> 16 & 1)}.{number >> 8 & 255}.{number & 255}";
}
