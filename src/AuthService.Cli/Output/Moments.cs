using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Cli.Output;

internal static class Moments
{
    /// <summary>RFC 3339 in UTC, to the second; null for none.</summary>
    public static JsonNode? ToJson(this Timestamp? moment) =>
        moment?.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
