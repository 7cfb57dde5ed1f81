using AuthService.Ecv.Signals;

namespace AuthService.Environments.Addresses;

/// <summary>What a record says of the kind of network, in the words of its maker.</summary>
internal static class MmdbNetworkClass
{
    /// <summary>Names of things that are so or not so.</summary>
    private static readonly (string Name, NetworkClass Class)[] Flags =
    [
        // Somebody else's traffic comes out here, on purpose.
        ("is_tor_exit_node", NetworkClass.Relay), ("is_tor", NetworkClass.Relay), ("tor", NetworkClass.Relay),
        ("is_relay", NetworkClass.Relay), ("relay", NetworkClass.Relay),
        ("is_anonymous_vpn", NetworkClass.Vpn), ("is_vpn", NetworkClass.Vpn), ("vpn", NetworkClass.Vpn),
        ("is_public_proxy", NetworkClass.Vpn), ("is_residential_proxy", NetworkClass.Vpn), ("is_anonymous_proxy", NetworkClass.Vpn),
        ("is_proxy", NetworkClass.Vpn), ("proxy", NetworkClass.Vpn),

        ("is_hosting_provider", NetworkClass.Hosting), ("is_hosting", NetworkClass.Hosting), ("hosting", NetworkClass.Hosting),
        ("is_satellite_provider", NetworkClass.Satellite), ("is_satellite", NetworkClass.Satellite),
        ("is_mobile", NetworkClass.Mobile),
    ];

    /// <summary>Names of things that are one of several.</summary>
    private static readonly string[] Sorts = ["connection_type", "user_type", "type", "asn_type", "as_type"];

    public static NetworkClass Of(IReadOnlyDictionary<string, object> record)
    {
        var told = NetworkClass.Unknown;
        foreach (var (name, network) in Flags)
        {
            if (IsSet(record.GetValueOrDefault(name)))
                told = AddressFacts.MoreTelling(told, network);
        }

        // It stands beside what makes it so, a mere data centre included; alone it means a way to hide.
        if (told == NetworkClass.Unknown && IsSet(record.GetValueOrDefault("is_anonymous")))
            told = NetworkClass.Vpn;

        foreach (var name in Sorts)
            told = AddressFacts.MoreTelling(told, OfSort(record.GetValueOrDefault(name) as string));

        // IPinfo names the operator where the network is a mobile one's.
        return told == NetworkClass.Unknown && record.GetValueOrDefault("carrier") is string { Length: > 0 } ? NetworkClass.Mobile : told;
    }

    private static bool IsSet(object? value) => value is true or "true" or 1 or 1L;

    private static NetworkClass OfSort(string? sort) => sort?.ToUpperInvariant() switch
    {
        "CELLULAR" or "MOBILE" => NetworkClass.Mobile,
        "SATELLITE" => NetworkClass.Satellite,
        "HOSTING" or "CONTENT_DELIVERY_NETWORK" => NetworkClass.Hosting,
        "CONSUMER_PRIVACY_NETWORK" => NetworkClass.Relay,
        // Not "isp": that is what the company is, and many of them have mobile networks too.
        "CABLE/DSL" or "DIALUP" or "CORPORATE" or "RESIDENTIAL" or "BUSINESS" or "EDUCATION" => NetworkClass.Fixed,
        _ => NetworkClass.Unknown,
    };
}
