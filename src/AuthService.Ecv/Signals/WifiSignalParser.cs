using System.Collections.Immutable;

namespace AuthService.Ecv.Signals;

internal static class WifiSignalParser
{
    private const int MaxSsidOctets = 32;
    private const int MaxNeighbours = 64;
    private const int MaxScene = Tokens.SetMember.MaxCount;

    /// <summary>What Android answers when the app lacks the location permission (WifiManager.UNKNOWN_SSID).</summary>
    private const string UnknownSsid = "<unknown ssid>";

    /// <summary>Stands in where a scan gives no strength: -75 dBm, the middle of what scans show.</summary>
    private const int TypicalRssi = -75;

    public static CanonicalSignals Parse(RawWifiSignals raw, CanonicalSignals signals, FieldReader fields)
    {
        var ssid = fields.Octets("wifi.ssid", raw.Ssid, MaxSsidOctets);
        var bssid = fields.Address("wifi.bssid", raw.Bssid);
        // The strength of the connection itself only moves with where in the room one sits: checked, then dropped.
        Rssi("wifi.rssi_dbm", raw.RssiDbm, fields);
        return signals with
        {
            Ssid = ssid == UnknownSsid ? null : ssid,
            Bssid = bssid,
            Scene = ParseScene(raw.Neighbours, fields),
        };
    }

    /// <summary>The strongest access points of the scan, each once.</summary>
    private static ImmutableArray<SceneAccessPoint> ParseScene(IReadOnlyList<RawAccessPoint> neighbours, FieldReader fields)
    {
        if (neighbours.Count > MaxNeighbours)
        {
            fields.Refuse("wifi.neighbours", "has more than 64 elements");
            return [];
        }

        var strongest = new Dictionary<Eui48, byte>();
        for (var index = 0; index < neighbours.Count; index++)
        {
            var path = $"wifi.neighbours[{index}]";
            if (string.IsNullOrEmpty(neighbours[index].Bssid))
                fields.Refuse($"{path}.bssid", "is missing");
            var rssi = Rssi($"{path}.rssi_dbm", neighbours[index].RssiDbm, fields);
            if (fields.Address($"{path}.bssid", neighbours[index].Bssid) is not { } bssid)
                continue;
            var strength = Quantise(rssi ?? TypicalRssi);
            if (!strongest.TryGetValue(bssid, out var known) || known < strength)
                strongest[bssid] = strength;
        }

        return [.. strongest
            .Select(pair => new SceneAccessPoint(pair.Key, pair.Value))
            .OrderByDescending(point => point.Strength).ThenBy(point => point.Bssid.Value)
            .Take(MaxScene)];
    }

    /// <summary>Steps of 5 dB: -100 dBm and below is 1, -30 dBm and above is 15. Finer steps would only record noise.</summary>
    private static byte Quantise(int rssi) => (byte)Math.Clamp((rssi + 105) / 5, 1, 15);

    private static int? Rssi(string field, int? value, FieldReader fields)
    {
        if (value is null or (>= -120 and <= 0))
            return value;

        fields.Refuse(field, "is not from -120 to 0 dBm");
        return null;
    }
}
