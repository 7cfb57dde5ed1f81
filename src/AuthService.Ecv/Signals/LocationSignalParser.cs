using AuthService.Ecv.Places;

namespace AuthService.Ecv.Signals;

internal static class LocationSignalParser
{
    private const int MaxCode = 32;
    private const double MaxAccuracy = 10_000_000;

    public static CanonicalSignals Parse(RawLocationSignals raw, CanonicalSignals signals, FieldReader fields) => signals with
    {
        CountryCode = Country(raw.CountryCode, fields),
        CityCode = fields.Text("location.city_code", raw.CityCode, MaxCode),
        Operator = Operator(raw.MccMnc, fields),
        CellId = fields.Text("location.cell_id", raw.CellId, MaxCode),
        Fix = Fix(raw, fields),
        Language = Language(raw.Language, fields),
    };

    private static string? Country(string? value, FieldReader fields)
    {
        if (string.IsNullOrEmpty(value))
            return null;

        if (value.Length == 2 && !value.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
            return value;

        fields.Refuse("location.country_code", "is not two upper-case letters of ISO 3166-1");
        return null;
    }

    /// <summary>ITU-T E.212: three digits of country, two or three of network.</summary>
    private static string? Operator(string? value, FieldReader fields)
    {
        if (string.IsNullOrEmpty(value))
            return null;

        var digits = value.Length > 3 && value[3] == '-' ? value.Remove(3, 1) : value;
        if (digits.Length is 5 or 6 && !digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return digits;

        fields.Refuse("location.mcc_mnc", "is not a mobile country and network code, such as 262-01");
        return null;
    }

    private static GeoFix? Fix(RawLocationSignals raw, FieldReader fields)
    {
        var latitude = fields.Number("location.latitude", raw.Latitude, -90, 90);
        var longitude = fields.Number("location.longitude", raw.Longitude, -180, 180);
        var accuracy = fields.Number("location.accuracy_m", raw.AccuracyM, 0, MaxAccuracy);
        if (raw.Latitude is null != raw.Longitude is null)
            fields.Refuse(raw.Latitude is null ? "location.latitude" : "location.longitude", "is missing");

        return latitude is { } north && longitude is { } east && accuracy is null or <= GeoFix.WorstAccuracy
            ? GeoFix.Of(north, east, accuracy)
            : null;
    }

    private static string? Language(string? value, FieldReader fields)
    {
        if (string.IsNullOrEmpty(value))
            return null;

        if (LanguageTag.TryCanonicalise(value, out var tag))
            return tag;

        fields.Refuse("location.language", "is not a BCP 47 tag, such as de-DE");
        return null;
    }
}
