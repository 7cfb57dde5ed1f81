using AuthService.Ecv.Signals;
using AuthService.Environments;
using AuthService.Hosting.Errors;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Fuzz;

/// <summary>An environment with every field set.</summary>
internal static class Surroundings
{
    public static EnvironmentSignals Message => new()
    {
        CollectedAt = Account.Now.ToTimestamp(),
        Device = new DeviceSignals
        {
            HardwareId = "f2a1c3d4e5b60718", BoardId = "board 7", Mac = "00:1a:2b:3c:4d:5e", Manufacturer = "Google", Model = "Pixel 9",
            OsName = "Android", OsVersion = "15.1", DeviceName = "Anna's Pixel", Category = "phone",
        },
        Wifi = new WifiSignals
        {
            Ssid = "Linden 12", Bssid = "3c:a6:2f:11:22:33", RssiDbm = -48,
            Neighbours = { new AccessPoint { Bssid = "3c:a6:2f:11:22:34", RssiDbm = -52 }, new AccessPoint { Bssid = "e8:df:70:aa:01:02" } },
        },
        Location = new LocationSignals
        {
            CountryCode = "DE", CityCode = "DEBER", MccMnc = "262-01", CellId = "27447297", Latitude = 52.520008, Longitude = 13.404954,
            AccuracyM = 18, Language = "de-DE",
        },
        Account = new AccountSignals { PlatformAccountHashes = { "6b86b273ff34fce1", "d4735e3a265e16ee" } },
    };

    public static CanonicalSignals Phone => new EnvironmentReader(new StoppedClock(Account.Now)).Read(new FieldViolations(), "environment", Message);
}
