using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>Makes people, household by household. Every share in here is an assumption, named where it is used.</summary>
internal sealed class People(World world, PopulationOptions options)
{
    /// <summary>An employer for so many people of a city.</summary>
    private const int PerEmployer = 25;

    private static readonly double[] HouseholdSizes = [0.45, 0.27, 0.14, 0.14];

    public Person[] CreateAll()
    {
        var people = new Person[options.Crowd + options.Panel];
        // Households mix those who log in often with those who hardly do: who is who is decided by the order of logins, not here.
        long household = 0;
        for (var id = 0; id < people.Length; household++)
        {
            var dice = Dice.Of(world.Seed, "household", household);
            var city = world.PickCountry(ref dice).PickCity(ref dice);
            var home = Place.Create(world.Seed, PlaceKind.Home, household, city);
            var tablet = dice.Chance(0.3) ? Make(ThingKind.Tablet, DeviceModel.Tablets, household, "us", ref dice) : null;
            for (var member = dice.Weighted(HouseholdSizes); member >= 0 && id < people.Length; member--)
                people[id] = Create(id++, household, home, tablet);
        }

        return people;
    }

    private Person Create(int id, long household, Place home, Thing? tablet)
    {
        var dice = Dice.Of(world.Seed, "person", id);
        var (city, country) = (home.City, home.City.Country);
        var owner = $"{(char)('A' + dice.Below(26))}{dice.Below(400)}";
        var isKeyed = dice.Chance(options.Keys);
        var phones = Phones(id, owner, isKeyed, ref dice);
        var hidesPlace = dice.Chance(phones[0].Phone.Model.Os == "iOS" ? 0.4 : 0.2);
        var worksInCity = dice.Chance(0.9) ? city : country.PickCity(ref dice);
        return new Person
        {
            Id = id,
            Household = household,
            Home = home,
            Work = dice.Chance(0.6) ? Place.Create(world.Seed, PlaceKind.Work, Employer(worksInCity, ref dice), worksInCity) : null,
            ThirdPlaces =
            [
                Place.Create(world.Seed, PlaceKind.Cafe, Employer(city, ref dice), city),
                Place.Create(world.Seed, PlaceKind.Home, household + 1 + dice.Below(50), city),
            ],
            Carrier = Country.PickIsp(country.Mobile, ref dice),
            Language = dice.Chance(0.85) ? country.Language : dice.Chance(0.6) ? "en" : world.PickCountry(ref dice).Language,
            Phones = phones,
            Tablet = dice.Chance(0.6) ? tablet : null,
            Laptop = dice.Chance(0.55) ? Make(ThingKind.Laptop, DeviceModel.Computers, id, owner, ref dice, isKeyed && dice.Chance(0.4)) : null,
            WorkComputer = dice.Chance(0.5) ? Make(ThingKind.WorkComputer, DeviceModel.Computers, id, owner, ref dice, isKeyed && dice.Chance(0.25)) : null,
            Habits = Habits.Of(options.Mobile, ref dice),
            VpnUse = dice.Chance(options.Vpn) ? dice.Chance(0.4) ? 0.85 : 0.25 : 0,
            VpnProvider = World.PickVpnProvider(ref dice),
            VpnCountry = dice.Chance(0.6) ? country : world.PickCountry(ref dice),
            HidesPlace = hidesPlace,
            HidesEverything = hidesPlace && dice.Chance(0.35),
            Evening = 18 + (2.5 * dice.Normal()),
            Trips = Trips(id, country, ref dice),
        };
    }

    private (double From, Thing Phone)[] Phones(int id, string owner, bool isKeyed, ref Dice dice)
    {
        var first = Make(ThingKind.Phone, DeviceModel.Phones, id, owner, ref dice, isKeyed);
        var phones = new List<(double From, Thing Phone)> { (double.MinValue, first) };
        // Phones last about two and a half years; one in two old ones is at hand to vouch for the new one.
        for (var day = dice.Exponential(900); day < options.Days; day += dice.Exponential(900))
        {
            var next = Make(ThingKind.Phone, DeviceModel.Phones, id, owner, ref dice, isKeyed, 1 + phones.Count);
            var sameMaker = DeviceModel.Phones.Where(model => model.Manufacturer == phones[^1].Phone.Model.Manufacturer).ToArray();
            if (dice.Chance(0.7))
                next = next with { Model = DeviceModel.Pick(sameMaker, ref dice) };
            phones.Add((day, next with { Countersigned = dice.Chance(0.5) }));
        }

        return [.. phones];
    }

    private Trip[] Trips(int id, Country country, ref Dice dice)
    {
        var trips = new List<Trip>();
        if (options.Trips <= 0)
            return [];
        for (var day = dice.Exponential(365 / options.Trips); day < options.Days; day += dice.Exponential(365 / options.Trips))
        {
            var there = dice.Chance(0.6) ? country : world.PickCountry(ref dice);
            var city = there.PickCity(ref dice);
            var hotel = Place.Create(world.Seed, PlaceKind.Hotel, Numbered(dice.Below(1_000), city), city);
            var until = day + 1.5 + dice.Exponential(4);
            trips.Add(new Trip(day, until, hotel, Country.PickIsp(there.Mobile, ref dice)));
            day = until;
        }

        return [.. trips];
    }

    private Thing Make(ThingKind kind, IReadOnlyList<DeviceModel> models, long owner, string name, ref Dice dice, bool hasKey = false, int number = 0) => new()
    {
        Seed = world.Seed,
        Id = (owner * 64) + ((int)kind * 16) + number,
        Kind = kind,
        Model = DeviceModel.Pick(models, ref dice),
        Owner = name,
        UpdateDelay = dice.Exponential(21),
        HasKey = hasKey,
        IsFirefox = kind is ThingKind.Laptop or ThingKind.WorkComputer && dice.Chance(0.15),
    };

    private long Employer(City city, ref Dice dice)
    {
        var inCity = (options.Crowd + options.Panel) * city.Country.Weight * city.Weight / city.Country.Cities.Sum(other => other.Weight);
        return Numbered(dice.Below(Math.Max(2, (int)(inCity / PerEmployer))), city);
    }

    /// <summary>So that no two cities share a place.</summary>
    private static long Numbered(int number, City city) => (number * 100_000L) + city.Number;
}
