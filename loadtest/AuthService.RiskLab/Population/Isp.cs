using System.Net;
using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>A network operator, and how its customers' addresses come and go.</summary>
internal sealed class Isp
{
    /// <summary>
    /// The largest operator of a country serves 800,000 households, 200 of them from one /24; the others less by Zipf's law. Which
    /// attackers share a prefix with their victim by chance decides the last half percent, so it must be of the size of the real thing.
    /// </summary>
    private const int MostBlocks = 4_000;

    /// <summary>Carriers hide millions behind a few dozen.</summary>
    private const int MostSharedBlocks = 40;

    private int _firstBlock;
    private int _blocks;

    public required Country Country { get; init; }

    public required uint Asn { get; init; }

    public required NetworkClass Class { get; init; }

    /// <summary>What tables say of its class: for one operator in twelve, nothing.</summary>
    public required NetworkClass KnownClass { get; init; }

    public required double Share { get; init; }

    /// <summary>Customers have a /48 of their own, as long as it lasts.</summary>
    public bool IsIPv6 { get; init; }

    /// <summary>A customer's prefix changes after so many days; 0 means never.</summary>
    public int LeaseDays { get; init; }

    /// <summary>The operator's part of an MCC-MNC.</summary>
    public string Mnc { get; init; } = "";

    public static IReadOnlyList<Isp> BuildFixed(Country country, AddressSpace addresses, ref Dice dice)
    {
        var isps = new Isp[country.Weight > 0.01 ? 6 : 3];
        for (var index = 0; index < isps.Length; index++)
        {
            var isNat = dice.Chance(0.12);
            isps[index] = Build(country, addresses, isNat ? NetworkClass.CarrierGradeNat : NetworkClass.Fixed, index, ref dice);
        }

        return isps;
    }

    public static IReadOnlyList<Isp> BuildMobile(Country country, AddressSpace addresses, ref Dice dice)
    {
        var isps = new Isp[3];
        for (var index = 0; index < isps.Length; index++)
            isps[index] = Build(country, addresses, NetworkClass.Mobile, index, ref dice);
        return isps;
    }

    public static Isp Build(Country country, AddressSpace addresses, NetworkClass @class, int rank, ref Dice dice)
    {
        var share = 1.0 / (rank + 1);
        var isCrowded = @class is NetworkClass.Mobile or NetworkClass.CarrierGradeNat;
        var blocks = (int)(share * (isCrowded ? MostSharedBlocks : MostBlocks));
        return new Isp
        {
            Country = country,
            Asn = addresses.NextAsn(),
            Class = @class,
            KnownClass = dice.Chance(1 / 12.0) ? NetworkClass.Unknown : @class,
            Share = share,
            IsIPv6 = @class == NetworkClass.Fixed && dice.Chance(0.25),
            LeaseDays = dice.Chance(0.6) ? 0 : (int)dice.Exponential(90) + 1,
            Mnc = $"{rank + 1:00}",
            _firstBlock = addresses.Take(blocks),
            _blocks = blocks,
        };
    }

    /// <summary>A customer with a line: the same prefix for as long as the lease lasts, among those of the city.</summary>
    /// <param name="line">Names the customer's line.</param>
    public Origin Line(City city, ulong seed, long line, double day)
    {
        var dice = Dice.Of(seed, "lease", Asn, line, LeaseDays == 0 ? 0 : (long)((day + (line % LeaseDays)) / LeaseDays));
        if (IsIPv6)
            return Describe(AddressSpace.IPv6(Asn, dice.Below(65_536), dice.Next()), city, seed, line);

        // Each city has its share of the operator's prefixes, by how many people live there.
        var (before, all) = (Country.Cities.Take(city.Index).Sum(other => other.Weight), Country.Cities.Sum(other => other.Weight));
        var (first, ofCity) = ((int)(_blocks * before / all), Math.Max(1, (int)(_blocks * city.Weight / all)));
        var block = Math.Min(_blocks - 1, first + dice.Below(ofCity));
        return OfBlock(block, 1 + dice.Below(250), city, seed);
    }

    /// <summary>Anybody behind the operator's translation: any of its prefixes, and the city where that one surfaces.</summary>
    public Origin Shared(ulong seed, ref Dice dice)
    {
        var block = dice.Below(_blocks);
        // Carriers hand traffic over in a few places; tables place the whole prefix there.
        var gateway = Country.Cities[Dice.Of(seed, "gateway", _firstBlock + block).Below(Math.Min(4, Country.Cities.Count))];
        return OfBlock(block, 1 + dice.Below(250), gateway, seed);
    }

    private Origin OfBlock(int block, int host, City city, ulong seed) =>
        Describe(AddressSpace.IPv4(_firstBlock + block, host), city, seed, _firstBlock + block);

    /// <summary>As tables describe the address: one prefix in seven is placed in another city of the country.</summary>
    private Origin Describe(IPAddress address, City city, ulong seed, long place)
    {
        var dice = Dice.Of(seed, "table", place);
        var placed = dice.Chance(0.15) ? Country.PickCity(ref dice) : city;
        // GeoIP's median error: 3 to 16 km on fixed networks, about 200 km on mobile ones.
        var radius = Class == NetworkClass.Fixed ? 15_000 : 200_000;
        return new Origin(address, Asn, Country.Code, KnownClass)
        {
            Region = placed.Region,
            City = placed.Code,
            Fix = placed.Centre with { RadiusMetres = radius },
        };
    }
}
