using System.Globalization;
using System.Net;
using AuthService.Ecv.Signals;

namespace AuthService.RiskLab.Files;

/// <summary>Reads single fields of either format. What is not there, or is no such thing, is null.</summary>
internal static class Fields
{
    /// <summary>No name of a country, region or browser is longer; the engine hashes none that is much longer.</summary>
    private const int LongestText = 64;

    public static string? Text(string? field) => Whole(field) is { Length: > 0 } text ? text.Length > LongestText ? text[..LongestText] : text : null;

    /// <summary>The same without a limit.</summary>
    public static string? Whole(string? field) => field?.Trim() is { Length: > 0 } text && !IsMissing(text) ? text : null;

    public static IPAddress? Address(string? field) => IPAddress.TryParse(Whole(field), out var address) ? address : null;

    /// <summary>"29695", "29695.0", "AS29695".</summary>
    public static uint? Asn(string? field)
    {
        var text = Whole(field);
        if (text?.StartsWith("AS", StringComparison.OrdinalIgnoreCase) == true)
            text = text[2..];
        return Number(text) is { } number && number is >= 0 and <= uint.MaxValue ? (uint)number : null;
    }

    public static double? Number(string? field) =>
        double.TryParse(Whole(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static bool? Truth(string? field) => Whole(field)?.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "1.0" or "YES" => true,
        "FALSE" or "0" or "0.0" or "NO" => false,
        _ => null,
    };

    /// <summary>RFC 3339, or the data set's "2020-02-03 12:43:30.772"; without a zone it is UTC.</summary>
    public static DateTimeOffset? Time(string? field) => DateTimeOffset.TryParse(
        Whole(field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>"NA" is Namibia.</summary>
    public static string? Country(string? field) => field?.Trim() is "NA" ? "NA" : Text(field)?.ToUpperInvariant();

    /// <summary>A name of an account: any text, also one that elsewhere means that something is missing.</summary>
    public static string? User(string? field) => field?.Trim() is { Length: > 0 } user ? user : null;

    public static NetworkClass Class(string? field) => Whole(field)?.ToUpperInvariant() switch
    {
        "FIXED" => NetworkClass.Fixed,
        "MOBILE" => NetworkClass.Mobile,
        "CGNAT" or "CARRIERGRADENAT" => NetworkClass.CarrierGradeNat,
        "HOSTING" => NetworkClass.Hosting,
        "VPN" => NetworkClass.Vpn,
        "RELAY" => NetworkClass.Relay,
        "SATELLITE" => NetworkClass.Satellite,
        _ => NetworkClass.Unknown,
    };

    /// <summary>Milliseconds; a negative time, or one of more than an hour, is none.</summary>
    public static TimeSpan? Milliseconds(string? field) =>
        Number(field) is { } number && number is >= 0 and <= 3_600_000 ? TimeSpan.FromMilliseconds(number) : null;

    /// <summary>As pandas, R and databases write what is missing.</summary>
    private static bool IsMissing(string text) => text.ToUpperInvariant() is "NA" or "NAN" or "N/A" or "NULL" or "\\N" or "-";
}
