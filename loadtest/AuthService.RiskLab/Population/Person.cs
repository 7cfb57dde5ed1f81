using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>Somebody with an account. What a person is does not change; where he is and what he holds follows from the day.</summary>
internal sealed record Person
{
    public required int Id { get; init; }

    public required Place Home { get; init; }

    public required long Household { get; init; }

    public Place? Work { get; init; }

    /// <summary>The café he knows, and somebody's home where he is often.</summary>
    public required Place[] ThirdPlaces { get; init; }

    public required Isp Carrier { get; init; }

    public required string Language { get; init; }

    /// <summary>His phones, one after the other.</summary>
    public required (double From, Thing Phone)[] Phones { get; init; }

    public Thing? Tablet { get; init; }

    public Thing? Laptop { get; init; }

    public Thing? WorkComputer { get; init; }

    /// <summary>Where and with what he tends to log in.</summary>
    public required Habits Habits { get; init; }

    /// <summary>How often a VPN is on; 0 for most.</summary>
    public double VpnUse { get; init; }

    public int VpnProvider { get; init; }

    public required Country VpnCountry { get; init; }

    /// <summary>Denies the app every permission, as many with iPhones do.</summary>
    public bool HidesEverything { get; init; }

    /// <summary>Denies it Wi-Fi and location.</summary>
    public bool HidesPlace { get; init; }

    /// <summary>Hour of the day around which his evenings lie.</summary>
    public required double Evening { get; init; }

    public required Trip[] Trips { get; init; }

    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"u{Id}");

    /// <summary>At home. Clocks follow the sun.</summary>
    public double LocalHour(DateTimeOffset time) => (time.TimeOfDay.TotalHours + (Home.City.Centre.Longitude / 15) + 24) % 24;

    public Thing PhoneOn(double day) => Array.FindLast(Phones, phone => phone.From <= day).Phone;

    public Trip? TripOn(double day) => Array.Find(Trips, trip => trip.From <= day && day < trip.Until);
}

/// <summary>Days away from home.</summary>
/// <param name="From">Day it begins.</param>
/// <param name="Until">Day it ends.</param>
/// <param name="Hotel">Where one stays.</param>
/// <param name="Carrier">Whose network a phone finds there.</param>
internal sealed record Trip(double From, double Until, Place Hotel, Isp Carrier);
