using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>Countries, networks and exits: what there is before anybody lives in it.</summary>
internal sealed class World
{
    private const int VpnProviders = 8;
    private const int HostingProviders = 12;

    /// <summary>VPNs are found where their customers want to be.</summary>
    private const int CountriesWithExits = 40;

    private readonly Isp[][] _vpn;
    private readonly Isp[] _hosting;

    public World(ulong seed)
    {
        Seed = seed;
        Countries = Country.LoadAll(seed);
        var addresses = new AddressSpace();
        addresses.Take(1 << 20); // beyond all that the countries took
        for (var taken = 0; taken < 20_000; taken++)
            addresses.NextAsn();
        var dice = Dice.Of(seed, "exits");
        _vpn = new Isp[CountriesWithExits][];
        for (var country = 0; country < CountriesWithExits; country++)
            _vpn[country] = BuildExits(Countries[country], addresses, VpnProviders, NetworkClass.Vpn, ref dice);
        _hosting = [.. Enumerable.Range(0, HostingProviders).SelectMany(_ =>
            BuildExits(Countries[dice.Below(CountriesWithExits)], addresses, 1, NetworkClass.Hosting, ref dice))];
    }

    public ulong Seed { get; }

    public IReadOnlyList<Country> Countries { get; }

    public Country PickCountry(ref Dice dice) => Countries[dice.Weighted([.. Countries.Select(country => country.Weight)])];

    /// <summary>An exit of some VPN in the country, or in one of the largest if there is none.</summary>
    public Origin VpnExit(Country country, ref Dice dice, int? provider = null)
    {
        var at = Countries.Take(CountriesWithExits).ToList().IndexOf(country);
        var exits = _vpn[at < 0 ? dice.Below(4) : at];
        return exits[(provider ?? dice.Below(VpnProviders)) % exits.Length].Shared(Seed, ref dice);
    }

    public static int PickVpnProvider(ref Dice dice) => dice.Below(VpnProviders);

    public Origin HostedServer(ref Dice dice) => dice.Pick(_hosting).Shared(Seed, ref dice);

    /// <summary>Some household's line, as bots and residential proxies use them.</summary>
    public Origin SomebodysLine(Country country, ref Dice dice)
    {
        var city = country.PickCity(ref dice);
        return Country.PickIsp(country.Fixed, ref dice).Line(city, Seed, dice.Below(int.MaxValue), 0);
    }

    private static Isp[] BuildExits(Country country, AddressSpace addresses, int count, NetworkClass @class, ref Dice dice)
    {
        var exits = new Isp[count];
        for (var index = 0; index < count; index++)
            exits[index] = Isp.Build(country, addresses, @class, index, ref dice);
        return exits;
    }
}
