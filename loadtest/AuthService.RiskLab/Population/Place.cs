using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>What kind of place it is: how many people share it, and how long they stay.</summary>
internal enum PlaceKind
{
    Home,
    Work,
    Cafe,
    Hotel,
}

/// <summary>Somewhere with Wi-Fi: a home, a workplace, a café, a hotel.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its number among its kind.</param>
/// <param name="City">Where it is.</param>
/// <param name="Fix">Where in the city.</param>
/// <param name="Isp">Who connects it.</param>
/// <param name="Wifi">Its network.</param>
internal sealed record Place(PlaceKind Kind, long Id, City City, Fix Fix, Isp Isp, WifiNetwork Wifi)
{
    /// <summary>A phone at a place is served by one of a few cells, which one by the carrier's load.</summary>
    private const int CellsInReach = 3;

    public static Place Create(ulong seed, PlaceKind kind, long id, City city)
    {
        var dice = Dice.Of(seed, "place", (long)kind, id);
        var fix = city.Centre.Moved(City.RadiusKilometres * dice.Normal() / 2, City.RadiusKilometres * dice.Normal() / 2, 20);
        var isp = Country.PickIsp(city.Country.Fixed, ref dice);
        var accessPoints = kind switch { PlaceKind.Home => 1 + dice.Below(2), PlaceKind.Cafe => 1 + dice.Below(3), _ => 4 + dice.Below(12) };
        return new Place(kind, id, city, fix, isp, new WifiNetwork(seed, (id * 4) + (long)kind, accessPoints));
    }

    public Origin Line(ulong seed, double day, ref Dice dice) => Isp.Class == Ecv.Signals.NetworkClass.CarrierGradeNat
        ? Isp.Shared(seed, ref dice)
        : Isp.Line(City, seed, (Id * 4) + (long)Kind, day);

    public string Cell(ulong seed, Isp carrier, ref Dice dice) =>
        $"{Dice.Of(seed, "cell", (Id * 4) + (long)Kind, carrier.Asn, dice.Chance(0.7) ? 0 : dice.Below(CellsInReach)).Below(1 << 28)}";
}
