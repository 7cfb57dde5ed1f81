using System.Globalization;
using AuthService.Ecv.Places;
using AuthService.Ecv.Signals;

namespace AuthService.Environments.Addresses;

/// <summary>Reads a record of whichever maker: none agrees with another on names or types, and what is not understood is not known.</summary>
/// <remarks>
/// <code>
/// MaxMind GeoIP2, GeoLite2, DB-IP   country.iso_code, location.{latitude, longitude, accuracy_radius}, traits.…
///   ASN                             autonomous_system_number
///   Anonymous IP, Connection Type   is_…, connection_type
/// ip-location-db                    country_code, latitude, longitude, autonomous_system_number
/// IPinfo                            country or country_code, asn "AS64496", lat, lng, as texts; type, vpn, relay, hosting, …
/// </code>
/// </remarks>
internal static class MmdbRecord
{
    /// <summary>
    /// Files that tell a place without a radius put a phone's address some 200 km from where it is, in the median; taken for exact it
    /// would make travellers of people who sit still. Kilometres.
    /// </summary>
    private const double UnstatedRadius = 200;

    private static readonly IReadOnlyDictionary<string, object> Empty = new Dictionary<string, object>(StringComparer.Ordinal);

    public static AddressFacts Read(IReadOnlyDictionary<string, object> record)
    {
        var traits = Map(record, "traits");
        return new AddressFacts(
            CountryOf(record),
            AsnOf(record) ?? AsnOf(traits),
            AddressFacts.MoreTelling(MmdbNetworkClass.Of(record), MmdbNetworkClass.Of(traits)),
            FixOf(record) ?? FixOf(Map(record, "location")));
    }

    private static string? CountryOf(IReadOnlyDictionary<string, object> record) =>
        Code(Value(Map(record, "country"), "iso_code"))
        ?? Code(Value(record, "country_code"))
        ?? Code(Value(record, "country"))
        ?? Code(Value(Map(record, "registered_country"), "iso_code"));

    /// <summary>Two letters. Of what ISO 3166-1 leaves to its users, ZZ and XX stand for "unknown".</summary>
    private static string? Code(object? value) =>
        value is string { Length: 2 } text && text.All(char.IsAsciiLetter) && text.ToUpperInvariant() is var code and not ("ZZ" or "XX") ? code : null;

    private static uint? AsnOf(IReadOnlyDictionary<string, object> record) =>
        Asn(Value(record, "autonomous_system_number")) ?? Asn(Value(record, "asn"));

    /// <summary>RFC 7607: AS 0 is nobody's.</summary>
    private static uint? Asn(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        var digits = text.StartsWith("AS", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        return uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number != 0 ? number : null;
    }

    private static GeoFix? FixOf(IReadOnlyDictionary<string, object> place)
    {
        var latitude = Number(Value(place, "latitude") ?? Value(place, "lat"));
        var longitude = Number(Value(place, "longitude") ?? Value(place, "lng"));
        var kilometres = Number(Value(place, "accuracy_radius") ?? Value(place, "radius")) ?? UnstatedRadius;

        // 0° N 0° E is where files put what they cannot place.
        return (latitude, longitude) is ({ } north, { } east) and not (0.0, 0.0) && GeoFix.TryCreate(north, east, kilometres * 1000, out var fix)
            ? fix
            : null;
    }

    private static double? Number(object? value) =>
        double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static object? Value(IReadOnlyDictionary<string, object> record, string name) => record.GetValueOrDefault(name);

    private static IReadOnlyDictionary<string, object> Map(IReadOnlyDictionary<string, object> record, string name) =>
        Value(record, name) as IReadOnlyDictionary<string, object> ?? Empty;
}
