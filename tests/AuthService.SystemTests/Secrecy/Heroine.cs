using AuthService.SystemTests.Harness;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Type;

namespace AuthService.SystemTests.Secrecy;

/// <summary>Who the story is about. All of her is made of words and numbers that nothing else contains.</summary>
public static class Heroine
{
    public const string Email = "wilhelmina.quastenflosser@bergmolch.example.org";
    public const string NewEmail = "frau.doktor.quastenflosser@tiefseequalle.example.net";
    public const string Phone = "+4915199887766";
    public const string GivenName = "Wilhelmína Žofie";
    public const string FamilyName = "Quastenflößer-Brandström";
    public const string NewFamilyName = "Nachtpfauenäuglein";
    public const string Address = "Hinter der alten Mühle 17b, 99887 Oberunterkatzenbach";
    public const string Password = "Sülze & vier warme Grünkernküchle!";
    public const string NewPassword = "Zweiundvierzig blaue Dampfnudeln, gegen Abend";
    public const string MistypedPassword = "Sülze & vier warme Grünkernküchel!";
    public const string HomeAddress = "203.0.113.77";
    public const string AbroadAddress = "2001:db8:7e57:1::77";
    public const string DeviceName = "Wilhelmínas gutes Telefon";

    // Near Berlin, to more places than any map has.
    private const double Latitude = 52.52071834651;
    private const double Longitude = 13.40953812377;
    private const double LatitudeAbroad = 48.85837123493;
    private const double LongitudeAbroad = 2.29448178241;

    // Of those coordinates, by the algorithm of geohash.org: what is finer than the service has use for, and the level before.
    private const string Geohash = "u33dc1";

    public static EnvironmentSignals Home() => new()
    {
        Device = new DeviceSignals
        {
            HardwareId = "hardware-8f3ad60c17be42", BoardId = "board-55d9c0ffee1278", Mac = "a4:5e:60:d1:73:9b", Manufacturer = "Quastel",
            Model = "Quastelphone 9000X", OsName = "Android", OsVersion = "16.0.0", DeviceName = DeviceName, Category = "phone",
        },
        Wifi = new WifiSignals
        {
            Ssid = "Quastenflosse 5 GHz", Bssid = "3c:37:12:5a:e7:b1", RssiDbm = -47,
            Neighbours =
            {
                new AccessPoint { Bssid = "e0:28:6d:91:cc:0d", RssiDbm = -71 },
                new AccessPoint { Bssid = "98:9b:cb:3e:f4:62", RssiDbm = -80 },
            },
        },
        Location = new LocationSignals
        {
            CountryCode = "DE", CityCode = "DE-OBERUNTERKATZENBACH", MccMnc = "262-01", CellId = "48213097",
            Latitude = Latitude, Longitude = Longitude, AccuracyM = 12, Language = "de-DE",
        },
        Account = new AccountSignals { PlatformAccountHashes = { "platform-hash-31c0b5d2aa97e4f8" } },
        CollectedAt = Now(),
    };

    public static EnvironmentSignals Abroad() => new()
    {
        Device = new DeviceSignals { HardwareId = "hardware-of-a-travel-phone-77b1", Model = "Quastelphone 9000X", DeviceName = DeviceName },
        Wifi = new WifiSignals { Ssid = "Hôtel des Axolotls", Bssid = "70:3a:cb:2f:88:e3" },
        Location = new LocationSignals
        {
            CountryCode = "FR", CityCode = "FR-AXOLOTLVILLE", CellId = "91750328", Latitude = LatitudeAbroad, Longitude = LongitudeAbroad,
        },
        CollectedAt = Now(),
    };

    public static CreateAccountRequest SignUp() => new()
    {
        RequestId = Person.RequestId(), Email = Email, Password = Password, BirthDate = new Date { Year = 1987, Month = 3, Day = 29 },
        Region = "de", PolicyVersion = "1", Locale = "de-DE", GivenName = GivenName, FamilyName = FamilyName, Address = Address,
        Consents = { ConsentPurpose.DeviceIdentification, ConsentPurpose.WifiEnvironment, ConsentPurpose.Location },
        Environment = Home(),
    };

    /// <summary>Her contacts: secret everywhere but in the messages that go to them.</summary>
    public static IReadOnlyList<Secret> Contacts { get; } =
    [
        Secret.OfText("e-mail address", Email), Secret.OfText("new e-mail address", NewEmail), Secret.OfText("phone number", Phone[1..]),
    ];

    /// <summary>Where she called from: secret everywhere but in the audit log, as those read it who may.</summary>
    public static IReadOnlyList<Secret> Networks { get; } =
    [
        Secret.OfText("address at home, or its /24", HomeAddress[..^2]), Secret.OfText("address abroad, or its /48", AbroadAddress[..13]),
        Secret.OfBytes("address abroad, its bytes", System.Net.IPAddress.Parse(AbroadAddress).GetAddressBytes()),
    ];

    /// <summary>What is hers, and secret everywhere.</summary>
    public static IReadOnlyList<Secret> Secrets { get; } =
    [
        Secret.OfText("password", Password), Secret.OfText("new password", NewPassword), Secret.OfText("mistyped password", MistypedPassword),
        Secret.OfText("given name", GivenName), Secret.OfText("family name", FamilyName), Secret.OfText("new family name", NewFamilyName),
        Secret.OfText("postal address", Address),
        .. new[] { "1987-03-29", "19870329", "29.03.1987", "03/29/1987" }.Select(date => Secret.OfText("birth date", date)),
        .. SignalsOf(Home(), "at home"), .. SignalsOf(Abroad(), "abroad"), Secret.OfText("geohash at home", Geohash),
    ];

    private static IEnumerable<Secret> SignalsOf(EnvironmentSignals signals, string where)
    {
        var (device, wifi, location) = (signals.Device, signals.Wifi, signals.Location);
        (string Name, string Value)[] texts =
        [
            ("hardware id", device.HardwareId), ("board id", device.BoardId), ("model", device.Model), ("device name", device.DeviceName),
            ("ssid", wifi.Ssid), ("city", location.CityCode), ("cell", location.CellId),
            .. signals.Account?.PlatformAccountHashes.Select(hash => ("platform account", hash)) ?? [],
        ];
        (string Name, string Value)[] macs =
            [("mac", device.Mac), ("bssid", wifi.Bssid), .. wifi.Neighbours.Select(neighbour => ("neighbour", neighbour.Bssid))];
        return
        [
            .. texts.Where(text => text.Value.Length > 0).Select(text => Secret.OfText($"{text.Name} {where}", text.Value)),
            .. macs.Where(mac => mac.Value.Length > 0).Select(mac => Secret.OfMac($"{mac.Name} {where}", mac.Value)),
            Secret.OfCoordinate($"latitude {where}", location.Latitude), Secret.OfCoordinate($"longitude {where}", location.Longitude),
        ];
    }

    private static Timestamp Now() => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
}
