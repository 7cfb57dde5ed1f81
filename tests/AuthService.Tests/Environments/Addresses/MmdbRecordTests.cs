using AuthService.Ecv.Places;
using AuthService.Ecv.Signals;
using AuthService.Environments.Addresses;

namespace AuthService.Tests.Environments.Addresses;

/// <summary>Records as their makers write them, each read for what it tells.</summary>
public sealed class MmdbRecordTests
{
    [Fact]
    public void GeoLite2_City()
    {
        var facts = Read(
            ("city", Map(("names", Map(("en", "Berlin"))))),
            ("country", Map(("iso_code", "DE"), ("geoname_id", 2921044u))),
            ("location", Map(("latitude", 52.52), ("longitude", 13.405), ("accuracy_radius", (ushort)20), ("time_zone", "Europe/Berlin"))),
            ("registered_country", Map(("iso_code", "FR"))));

        GeoFix.TryCreate(52.52, 13.405, 20_000, out var berlin).ShouldBeTrue();
        facts.ShouldBe(new AddressFacts("DE", null, NetworkClass.Unknown, berlin));
    }

    [Fact]
    public void GeoLite2_Country_of_an_address_that_is_only_registered_somewhere() =>
        Read(("registered_country", Map(("iso_code", "NL")))).Country.ShouldBe("NL");

    [Fact]
    public void GeoLite2_ASN() => Read(
        ("autonomous_system_number", 3320u), ("autonomous_system_organization", "Deutsche Telekom AG")).Asn.ShouldBe(3320u);

    [Fact]
    public void GeoIP2_Enterprise() => Read(
        ("country", Map(("iso_code", "DE"))),
        ("traits", Map(("autonomous_system_number", 3320u), ("connection_type", "Cable/DSL"), ("user_type", "residential"))))
        .ShouldBe(new AddressFacts("DE", 3320, NetworkClass.Fixed, null));

    [Theory]
    [InlineData("is_anonymous_vpn", NetworkClass.Vpn)]
    [InlineData("is_public_proxy", NetworkClass.Vpn)]
    [InlineData("is_residential_proxy", NetworkClass.Vpn)]
    [InlineData("is_tor_exit_node", NetworkClass.Relay)]
    [InlineData("is_hosting_provider", NetworkClass.Hosting)]
    public void GeoIP2_Anonymous_IP(string flag, NetworkClass network) => Read(("is_anonymous", true), (flag, true)).Class.ShouldBe(network);

    [Fact]
    public void Anonymous_and_no_more_is_a_way_to_hide() => Read(("is_anonymous", true)).Class.ShouldBe(NetworkClass.Vpn);

    [Theory]
    [InlineData("Cable/DSL", NetworkClass.Fixed)]
    [InlineData("Dialup", NetworkClass.Fixed)]
    [InlineData("Corporate", NetworkClass.Fixed)]
    [InlineData("Cellular", NetworkClass.Mobile)]
    [InlineData("Satellite", NetworkClass.Satellite)]
    [InlineData("Carrier pigeon", NetworkClass.Unknown)]
    public void GeoIP2_Connection_Type(string type, NetworkClass network) => Read(("connection_type", type)).Class.ShouldBe(network);

    [Fact]
    public void Ip_location_db_City_and_ASN()
    {
        var city = Read(("city", "Lisbon"), ("country_code", "PT"), ("latitude", 38.72f), ("longitude", -9.14f));
        var asn = Read(("autonomous_system_number", 2860u));

        (city.Country, city.Fix!.Latitude / 100_000, city.Fix.AccuracyMetres).ShouldBe(("PT", 3872, 200_000), "without a radius it is a wide one");
        asn.Asn.ShouldBe(2860u);
    }

    [Fact]
    public void IPinfo_writes_all_as_text()
    {
        var lite = Read(("country", "Germany"), ("country_code", "DE"), ("asn", "AS3320"));
        var location = Read(("country", "DE"), ("lat", "52.52"), ("lng", "13.405"));

        (lite.Country, lite.Asn).ShouldBe(("DE", 3320u));
        (location.Country, location.Fix?.Longitude).ShouldBe(("DE", 134_050_000));
    }

    [Theory]
    [InlineData("relay", "true", NetworkClass.Relay)]
    [InlineData("vpn", "true", NetworkClass.Vpn)]
    [InlineData("hosting", "true", NetworkClass.Hosting)]
    [InlineData("hosting", "false", NetworkClass.Unknown)]
    [InlineData("hosting", "", NetworkClass.Unknown)]
    [InlineData("type", "hosting", NetworkClass.Hosting)]
    [InlineData("type", "isp", NetworkClass.Unknown)]
    [InlineData("carrier", "Vodafone", NetworkClass.Mobile)]
    [InlineData("carrier", "", NetworkClass.Unknown)]
    public void IPinfo_classes(string name, string value, NetworkClass network) => Read((name, value)).Class.ShouldBe(network);

    [Fact]
    public void Of_several_classes_the_one_that_tells_more_counts() =>
        Read(("connection_type", "Corporate"), ("is_hosting_provider", true), ("is_anonymous_vpn", true)).Class.ShouldBe(NetworkClass.Vpn);

    public static TheoryData<string, object> Nonsense => new()
    {
        { "country_code", "ZZ" }, { "country_code", "XX" }, { "country_code", "" }, { "country_code", "Germany" }, { "country_code", "D1" },
        { "country_code", 49u }, { "country", Map(("iso_code", Map())) }, { "asn", "AS" }, { "asn", "AS0" }, { "asn", "AS4294967296" },
        { "asn", "-3" }, { "autonomous_system_number", 0u }, { "autonomous_system_number", Map() }, { "connection_type", 3u },
        { "location", "here" }, { "location", Map(("latitude", 52.0)) }, { "location", Map(("latitude", 91.0), ("longitude", 0.0)) },
        { "location", Map(("latitude", double.NaN), ("longitude", 1.0)) }, { "location", Map(("latitude", 0.0), ("longitude", 0.0)) },
        { "location", Map(("latitude", 1.0), ("longitude", 1.0), ("accuracy_radius", -1)) },
        { "location", Map(("latitude", "north"), ("longitude", "east")) },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void What_makes_no_sense_is_not_known(string name, object value) => Read((name, value)).ShouldBe(AddressFacts.None);

    private static AddressFacts Read(params (string Name, object Value)[] record) => MmdbRecord.Read(Map(record));

    private static Dictionary<string, object> Map(params (string Name, object Value)[] pairs) =>
        pairs.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
}
