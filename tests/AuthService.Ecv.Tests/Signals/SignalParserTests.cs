using System.Globalization;
using AuthService.Ecv.Signals;
using CsCheck;

namespace AuthService.Ecv.Tests.Signals;

public sealed class SignalParserTests
{
    private static readonly RawDeviceSignals NoDevice = new();
    private static readonly RawWifiSignals NoWifi = new();
    private static readonly RawLocationSignals NoLocation = new();

    public static TheoryData<string, RawSignals> Refused { get; } = new()
    {
        { "device.hardware_id", new() { Device = NoDevice with { HardwareId = new string('x', 129) } } },
        { "device.board_id", new() { Device = NoDevice with { BoardId = "a\0b" } } },
        { "device.mac", new() { Device = NoDevice with { Mac = "00:11:22:33:44" } } },
        { "device.mac", new() { Device = NoDevice with { Mac = "00:11:22:33:44:gg" } } },
        { "device.manufacturer", new() { Device = NoDevice with { Manufacturer = "A\u0007" } } },
        { "device.model", new() { Device = NoDevice with { Model = new string('x', 65) } } },
        { "device.os_name", new() { Device = NoDevice with { OsName = "\ud800" } } },
        { "device.os_version", new() { Device = NoDevice with { OsVersion = "15\n" } } },
        { "device.device_name", new() { Device = NoDevice with { DeviceName = "\u0085" } } },
        { "device.category", new() { Device = NoDevice with { Category = new string('x', 33) } } },
        { "wifi.ssid", new() { Wifi = NoWifi with { Ssid = new string('x', 33) } } },
        { "wifi.ssid", new() { Wifi = NoWifi with { Ssid = new string('ü', 17) } } },
        { "wifi.ssid", new() { Wifi = NoWifi with { Ssid = "a\0" } } },
        { "wifi.bssid", new() { Wifi = NoWifi with { Bssid = "00:11-22:33:44:55" } } },
        { "wifi.rssi_dbm", new() { Wifi = NoWifi with { RssiDbm = 1 } } },
        { "wifi.rssi_dbm", new() { Wifi = NoWifi with { RssiDbm = -121 } } },
        { "wifi.neighbours", new() { Wifi = NoWifi with { Neighbours = [.. Enumerable.Repeat(new RawAccessPoint("001122334455", -1), 65)] } } },
        { "wifi.neighbours[1].bssid", new() { Wifi = NoWifi with { Neighbours = [new("001122334455", null), new("", null)] } } },
        { "wifi.neighbours[0].rssi_dbm", new() { Wifi = NoWifi with { Neighbours = [new("001122334455", 20)] } } },
        { "location.country_code", new() { Location = NoLocation with { CountryCode = "de" } } },
        { "location.country_code", new() { Location = NoLocation with { CountryCode = "DEU" } } },
        { "location.city_code", new() { Location = NoLocation with { CityCode = new string('x', 33) } } },
        { "location.mcc_mnc", new() { Location = NoLocation with { MccMnc = "262-1" } } },
        { "location.mcc_mnc", new() { Location = NoLocation with { MccMnc = "26a01" } } },
        { "location.cell_id", new() { Location = NoLocation with { CellId = "\u001b" } } },
        { "location.latitude", new() { Location = NoLocation with { Latitude = double.NaN, Longitude = 0 } } },
        { "location.latitude", new() { Location = NoLocation with { Latitude = 90.1, Longitude = 0 } } },
        { "location.latitude", new() { Location = NoLocation with { Longitude = 0 } } },
        { "location.longitude", new() { Location = NoLocation with { Latitude = 0, Longitude = double.NegativeInfinity } } },
        { "location.longitude", new() { Location = NoLocation with { Latitude = 0 } } },
        { "location.accuracy_m", new() { Location = NoLocation with { Latitude = 0, Longitude = 0, AccuracyM = -1 } } },
        { "location.accuracy_m", new() { Location = NoLocation with { AccuracyM = double.PositiveInfinity } } },
        { "location.language", new() { Location = NoLocation with { Language = "d" } } },
        { "location.language", new() { Location = NoLocation with { Language = "de-ÄÖ" } } },
        { "account.platform_account_hashes", new() { PlatformAccountHashes = [.. Enumerable.Repeat("x", 17)] } },
        { "account.platform_account_hashes[1]", new() { PlatformAccountHashes = ["x", "\0"] } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_signal_that_cannot_be_is_refused_by_the_name_of_its_field(string field, RawSignals raw)
    {
        var accepted = SignalParser.TryParse(raw, out var signals, out var violations);

        accepted.ShouldBeFalse();
        violations.ShouldHaveSingleItem().Field.ShouldBe(field);
        signals.ShouldBeSameAs(CanonicalSignals.Empty);
    }

    // U+1D160 is a musical note that NFC takes apart into three characters of four bytes each: 128 of them no longer fit a token's message.
    [Fact]
    public void A_text_that_its_canonical_form_makes_too_long_is_refused()
    {
        var notes = string.Concat(Enumerable.Repeat("\U0001D160", 128));

        var accepted = SignalParser.TryParse(new RawSignals { Device = new RawDeviceSignals { HardwareId = notes } }, out _, out var violations);

        accepted.ShouldBeFalse();
        violations.ShouldHaveSingleItem().Field.ShouldBe("device.hardware_id");
    }

    [Fact]
    public void All_violations_are_told_at_once()
    {
        var raw = new RawSignals { Device = NoDevice with { Mac = "x" }, Location = NoLocation with { CountryCode = "x", Language = "?" } };

        SignalParser.TryParse(raw, out _, out var violations).ShouldBeFalse();

        violations.Select(violation => violation.Field).ShouldBe(["device.mac", "location.country_code", "location.language"]);
    }

    [Fact]
    public void A_description_never_repeats_the_value()
    {
        var raw = new RawSignals { Device = NoDevice with { HardwareId = "secret\0", Mac = "secret" }, Location = NoLocation with { CityCode = "secret\u0001" } };

        SignalParser.TryParse(raw, out _, out var violations).ShouldBeFalse();

        violations.Count.ShouldBe(3);
        violations.ShouldAllBe(violation => !violation.Description.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_sent_is_nothing_known()
    {
        var empty = new RawSignals
        {
            Device = NoDevice with { HardwareId = "", Model = " " }, Wifi = NoWifi with { Ssid = "" }, Location = NoLocation, PlatformAccountHashes = ["", " "],
        };

        World.Tokenize(empty).Characteristics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("02:00:00:00:00:00")]
    [InlineData("da:a1:19:00:00:01")]
    [InlineData("00:00:00:00:00:00")]
    [InlineData("ff:ff:ff:ff:ff:ff")]
    public void A_randomised_or_placeholder_MAC_counts_as_absent(string mac) =>
        World.Parse(new RawSignals { Device = NoDevice with { Mac = mac } }).Mac.ShouldBeNull();

    [Theory]
    [InlineData("00:1A:2b:3C:4d:5E")]
    [InlineData("00-1a-2b-3c-4d-5e")]
    [InlineData("001a.2b3c.4d5e")]
    [InlineData("001A2B3C4D5E")]
    public void An_address_is_one_value_in_every_notation(string mac) =>
        World.Parse(new RawSignals { Device = NoDevice with { Mac = mac } }).Mac.ToString().ShouldBe("001a2b3c4d5e");

    [Theory]
    [InlineData("unknown")]
    [InlineData("9774d56d682e549c")]
    [InlineData("To be filled by O.E.M.")]
    public void What_firmware_says_for_want_of_an_identifier_counts_as_absent(string placeholder) =>
        World.Parse(new RawSignals { Device = NoDevice with { HardwareId = placeholder, BoardId = placeholder } })
            .ShouldSatisfyAllConditions(signals => signals.HardwareId.ShouldBeNull(), signals => signals.BoardId.ShouldBeNull());

    [Fact]
    public void Text_is_trimmed_and_composed_so_that_one_name_typed_twice_is_one_name()
    {
        var decomposed = World.Parse(new RawSignals { Device = NoDevice with { DeviceName = " Zoe\u0308 " } });

        decomposed.DeviceName.ShouldBe("Zo\u00eb");
    }

    [Fact]
    public void An_SSID_stays_as_sent_but_for_Androids_placeholder()
    {
        World.Parse(new RawSignals { Wifi = NoWifi with { Ssid = " a " } }).Ssid.ShouldBe(" a ");
        World.Parse(new RawSignals { Wifi = NoWifi with { Ssid = "<unknown ssid>" } }).Ssid.ShouldBeNull();
    }

    [Theory]
    [InlineData("262-01", "26201")]
    [InlineData("26201", "26201")]
    [InlineData("310-410", "310410")]
    public void An_operator_is_its_digits(string sent, string canonical) =>
        World.Parse(new RawSignals { Location = NoLocation with { MccMnc = sent } }).Operator.ShouldBe(canonical);

    [Theory]
    [InlineData("DE-de", "de-DE")]
    [InlineData("de_DE", "de-DE")]
    [InlineData("ZH-hant-tw", "zh-Hant-TW")]
    [InlineData("en-a-BBB-x-PRIVATE", "en-a-bbb-x-private")]
    [InlineData("mn-Cyrl-MN", "mn-Cyrl-MN")]
    public void A_language_takes_its_recommended_case(string sent, string canonical) =>
        World.Parse(new RawSignals { Location = NoLocation with { Language = sent } }).Language.ShouldBe(canonical);

    [Theory]
    [InlineData("15", "15", "15")]
    [InlineData("15.1.2", "15", "15.1.2")]
    [InlineData("015", "15", "015")]
    [InlineData("10.0.22631.4460", "10", "10.0.22631.4460")]
    [InlineData("99999999999999999999", "32767", "99999999999999999999")]
    [InlineData("Tiramisu", null, "Tiramisu")]
    public void A_version_has_a_major_if_it_starts_with_a_number(string sent, string? major, string text)
    {
        var version = World.Parse(new RawSignals { Device = NoDevice with { OsVersion = sent } }).OsVersion!;

        (version.Major, version.Text).ShouldBe((major, text));
    }

    [Fact]
    public void Versions_order_as_people_read_them()
    {
        string[] ascending = ["9", "10", "10.0.1", "10.1", "10.1.1", "10.2", "10.10", "11-beta"];

        ascending.Select(text => OsVersion.Of(text).Number!.Value).ShouldBeInOrder();
    }

    [Fact]
    public void A_radius_worse_than_fifty_kilometres_counts_as_no_place()
    {
        var location = NoLocation with { Latitude = 52.5, Longitude = 13.4, AccuracyM = 50_001 };

        World.Parse(new RawSignals { Location = location }).Fix.ShouldBeNull();
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(5.0, 3)]
    [InlineData(600.0, 3)]
    [InlineData(601.0, 2)]
    [InlineData(5_000.0, 1)]
    [InlineData(30_000.0, 0)]
    public void A_place_has_no_level_finer_than_its_radius_allows(double? accuracy, int levels) =>
        World.Parse(new RawSignals { Location = NoLocation with { Latitude = 52.5, Longitude = 13.4, AccuracyM = accuracy } })
            .Fix!.Levels.ShouldBe(levels);

    [Fact]
    public void Limits_count_characters_not_code_units()
    {
        var pictures = string.Concat(Enumerable.Repeat("\U0001F3E0", 64));

        World.Parse(new RawSignals { Device = NoDevice with { Model = pictures } }).Model.ShouldBe(pictures);
    }

    [Fact]
    public void A_scene_keeps_the_strongest_sixteen_each_once()
    {
        var many = Enumerable.Range(0, 40).Select(i => new RawAccessPoint(string.Create(CultureInfo.InvariantCulture, $"0011223344{i:x2}"), -30 - i));

        var scene = World.Parse(new RawSignals { Wifi = NoWifi with { Neighbours = [.. many, new("001122334400", -90)] } }).Scene;

        scene.Length.ShouldBe(16);
        scene.Select(point => point.Bssid.Value & 0xFF).Order().ShouldBe(Enumerable.Range(0, 16).Select(i => (ulong)i));
    }

    [Fact]
    public void No_text_makes_the_parser_throw() =>
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.Double, Gen.Int).Sample((a, b, c, number, count) =>
        {
            var raw = new RawSignals
            {
                Device = new() { HardwareId = a, BoardId = b, Mac = c, Manufacturer = a, Model = b, OsName = c, OsVersion = a, DeviceName = b, Category = c },
                Wifi = new() { Ssid = a, Bssid = b, RssiDbm = count, Neighbours = [new(c, count), new(null, null)] },
                Location = new()
                {
                    CountryCode = a, CityCode = b, MccMnc = c, CellId = a, Latitude = number, Longitude = -number, AccuracyM = number, Language = b,
                },
                PlatformAccountHashes = [a, b, c],
            };

            SignalParser.TryParse(raw, out var signals, out var violations).ShouldBe(violations.Count == 0);
            Ecv.Tokens.Tokenizer.Tokenize(World.Key, signals, SignalConsents.All, ConnectionObservation.None).ShouldNotBeNull();
        }, iter: Worlds.Cases);
}
