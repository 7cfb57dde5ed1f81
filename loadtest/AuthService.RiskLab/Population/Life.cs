using AuthService.Ecv.Signals;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>Turns people and times into logins. The same person, time and number make the same login, whenever it is asked for.</summary>
internal sealed class Life(World world, PopulationOptions options)
{
    public World World => world;

    public PopulationOptions Options => options;

    public double DayOf(DateTimeOffset time) => (time - options.Start).TotalDays;

    /// <summary>One honest login.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="time">When.</param>
    /// <param name="number">Tells logins apart.</param>
    /// <param name="succeeds">Whether the password is right.</param>
    public LabLogin Login(Person person, DateTimeOffset time, int number, bool succeeds = true)
    {
        var dice = Dice.Of(world.Seed, "login", person.Id, number);
        var moment = Moment.Of(person, DayOf(time), time, ref dice);
        var connection = Connect(person, moment, ref dice);
        return new LabLogin
        {
            User = person.Name,
            Time = time,
            Origin = connection.Origin with { RoundTrip = RoundTrip(ref dice) },
            Agent = moment.Thing.Agent(moment.Day),
            Signals = Describe(person, moment, connection.OnWifi, ref dice),
            Key = moment.Thing.HasKey ? moment.Thing.Key : null,
            Countersigned = moment.Thing.Countersigned,
            Thing = moment.Thing.Key,
            Completed = dice.Chance(options.PassesStepUp),
            Successful = succeeds,
            FromAttackAddress = connection.Origin.Class == NetworkClass.Vpn,
        };
    }

    /// <summary>A try of a machine: for four hours from one network, and with one user agent.</summary>
    public LabLogin Bot(Person target, Attempt attempt)
    {
        var wave = attempt.Ticks / (4 * TimeSpan.TicksPerHour);
        var dice = Dice.Of(world.Seed, "bot", wave);
        var origin = dice.Chance(0.5) ? world.HostedServer(ref dice) : world.SomebodysLine(world.PickCountry(ref dice), ref dice);
        var thing = new Thing
        {
            Seed = world.Seed,
            Id = -1 - wave,
            Kind = ThingKind.Laptop,
            Model = DeviceModel.Pick(DeviceModel.Computers, ref dice),
            UpdateDelay = dice.Exponential(90),
        };
        return new LabLogin
        {
            User = target.Name,
            Time = attempt.Time,
            Origin = origin with { RoundTrip = RoundTrip(ref dice) },
            Agent = thing.Agent(DayOf(attempt.Time)),
            Completed = false,
            Successful = false,
            FromAttackAddress = true,
        };
    }

    /// <summary>Measured for one login in 25, as in the data set.</summary>
    public static TimeSpan? RoundTrip(ref Dice dice) =>
        dice.Chance(0.04) ? TimeSpan.FromMilliseconds(Math.Round(20 + dice.Exponential(220))) : null;

    /// <summary>Wi-Fi's line, mobile data, or a VPN over either.</summary>
    private (Origin Origin, bool OnWifi) Connect(Person person, Moment moment, ref Dice dice)
    {
        var isPhone = moment.Thing.Kind == ThingKind.Phone;
        var onWifi = moment.Place is not null && !(isPhone && dice.Chance(moment.IsAway ? 0.4 : person.Habits.MobileData));
        if (dice.Chance(person.VpnUse))
            return (world.VpnExit(person.VpnCountry, ref dice, person.VpnProvider), onWifi);

        if (onWifi)
            return (moment.Place!.Line(world.Seed, moment.Day, ref dice), true);

        // Who roams surfaces at home, unless he bought a card there.
        var carrier = moment.IsAway && dice.Chance(0.25) ? moment.Carrier : person.Carrier;
        return (carrier.Shared(world.Seed, ref dice), false);
    }

    private RawSignals Describe(Person person, Moment moment, bool onWifi, ref Dice dice)
    {
        var thing = moment.Thing;
        var hidesPlace = person.HidesPlace || !thing.IsApp;
        var isAndroid = thing.Model.Os == "Android";
        return new RawSignals
        {
            Device = thing.Describe(moment.Day, person.HidesEverything),
            // Android throttles scans; iOS gives none, nor strengths.
            Wifi = hidesPlace || !onWifi ? null : moment.Place!.Wifi.Seen(moment.Day, isAndroid && dice.Chance(0.6), isAndroid, ref dice),
            Location = Locate(person, moment, hidesPlace, ref dice),
            PlatformAccountHashes = thing is { IsApp: true, Kind: ThingKind.Phone } && !person.HidesEverything ? Accounts(person) : [],
        };
    }

    private RawLocationSignals Locate(Person person, Moment moment, bool hidesPlace, ref Dice dice)
    {
        var location = new RawLocationSignals { Language = person.Language };
        if (hidesPlace)
            return location;

        // One in five grants the approximate place only.
        var isApproximate = Dice.Of(world.Seed, "approximate", person.Id).Chance(0.2) || moment.Thing.Kind == ThingKind.Laptop;
        var error = isApproximate ? 3_000 : 8 + dice.Exponential(25);
        var seen = moment.Fix.Moved(error / 1000 * dice.Normal() / 1.5, error / 1000 * dice.Normal() / 1.5, error);
        var seesCells = moment.Thing is { Kind: ThingKind.Phone, Model.Os: "Android" };
        return location with
        {
            CountryCode = moment.Country.Code,
            CityCode = moment.City.Code,
            Latitude = Math.Round(seen.Latitude, 6),
            Longitude = Math.Round(seen.Longitude, 6),
            AccuracyM = Math.Round(error),
            MccMnc = seesCells ? $"{moment.Country.Mcc}-{moment.Carrier.Mnc}" : null,
            CellId = seesCells ? Cell(moment, ref dice) : null,
        };
    }

    /// <summary>On the way one sees any of some thirty cells.</summary>
    private string Cell(Moment moment, ref Dice dice) => moment.Place is { } place
        ? place.Cell(world.Seed, moment.Carrier, ref dice)
        : $"{Dice.Of(world.Seed, "way", moment.City.Number, moment.Carrier.Asn, dice.Below(30)).Below(1 << 28)}";

    /// <summary>One to four accounts, of which one changes in about a year.</summary>
    private List<string> Accounts(Person person) =>
        [.. Enumerable.Range(0, 1 + (person.Id % 4)).Select(number => $"{Dice.Of(world.Seed, "account", person.Id, number).Next():x16}")];
}
