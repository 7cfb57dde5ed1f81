using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>A Wi-Fi network and what else is in reach of it.</summary>
internal sealed class WifiNetwork
{
    /// <summary>An access point is replaced after about so many days.</summary>
    private const double Lifetime = 900;

    private static readonly string[] Everywhere = ["eduroam", "Guest", "FREE WIFI", "TP-Link", "linksys", "NETGEAR", "dlink", "AndroidAP", "home", "WLAN"];
    private readonly ulong _seed;
    private readonly long _place;
    private readonly int _accessPoints;
    private readonly int _neighbours;

    public WifiNetwork(ulong seed, long place, int accessPoints)
    {
        (_seed, _place, _accessPoints) = (seed, place, accessPoints);
        var dice = Dice.Of(seed, "wifi", place);
        _neighbours = 2 + dice.Below(14);
    }

    /// <summary>What a phone reports that is on this network.</summary>
    /// <param name="scans">Whether the platform lets the app scan.</param>
    /// <param name="strengths">Whether it tells how strong the connection is.</param>
    public RawWifiSignals Seen(double day, bool scans, bool strengths, ref Dice dice)
    {
        var nearest = dice.Chance(0.75) ? 0 : dice.Below(_accessPoints);
        return new RawWifiSignals
        {
            Ssid = Ssid(day),
            Bssid = Bssid("ap", nearest, day),
            RssiDbm = strengths ? Clamp(-52 + (9 * dice.Normal())) : null,
            Neighbours = scans ? Scan(day, ref dice) : [],
        };
    }

    private List<RawAccessPoint> Scan(double day, ref Dice dice)
    {
        var scan = new List<RawAccessPoint>();
        for (var index = 0; index < _accessPoints; index++)
            Add("ap", index, -50 - (8 * index), ref dice);
        for (var index = 0; index < _neighbours; index++)
            Add("neighbour", index, Dice.Of(_seed, "strength", _place, index).Between(-88, -55), ref dice);
        // Passing phones and cars make access points of their own.
        for (var passing = dice.Below(3); passing > 0; passing--)
            scan.Add(new RawAccessPoint(Address(dice.Next()), Clamp(dice.Between(-90, -70))));
        return scan;

        // Strengths vary by walls, bodies and where one sits; what is weak is often missed.
        void Add(string kind, int index, double mean, ref Dice dice)
        {
            var strength = mean + (5 * dice.Normal());
            if (strength > -91 && !dice.Chance(strength < -80 ? 0.35 : 0.06))
                scan.Add(new RawAccessPoint(Bssid(kind, index, day), Clamp(strength)));
        }
    }

    /// <summary>A new router comes with a new name in one case of two.</summary>
    private string Ssid(double day)
    {
        var generation = Generation("ap", 0, day);
        var dice = Dice.Of(_seed, "ssid", _place, Dice.Of(_seed, "rename", _place, generation).Chance(0.5) ? generation : 0);
        return dice.Chance(0.12) ? dice.Pick(Everywhere) : $"{dice.Pick(["Telenor", "Altibox", "Get", "FRITZ!Box ", "Vodafone-", "Bbox-"])}{dice.Below(0x10000):X4}";
    }

    private string Bssid(string kind, int index, double day) =>
        Address(Dice.Of(_seed, kind, _place, index, Generation(kind, index, day)).Next());

    private long Generation(string kind, int index, double day)
    {
        var dice = Dice.Of(_seed, "generation " + kind, _place, index);
        return (long)((day + dice.Between(0, Lifetime)) / Lifetime);
    }

    /// <summary>Globally administered, so that nobody takes it for a random one.</summary>
    private static string Address(ulong bits)
    {
        var address = (bits & 0xFCFF_FFFF_FFFF) | 1;
        return string.Join(':', Enumerable.Range(0, 6).Select(at => $"{(address >> (40 - (8 * at))) & 0xFF:x2}"));
    }

    private static int Clamp(double strength) => (int)Math.Clamp(strength, -100, -30);
}
