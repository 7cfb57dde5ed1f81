using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>A city of a country.</summary>
/// <param name="Country">Where it lies.</param>
/// <param name="Index">Its place among the country's cities, the largest first.</param>
/// <param name="Code">As the app names it.</param>
/// <param name="Region">As location tables name its surroundings.</param>
/// <param name="Centre">Where it lies.</param>
/// <param name="Weight">Zipf's law: the second city has half the people of the first.</param>
internal sealed record City(Country Country, int Index, string Code, string Region, Fix Centre, double Weight)
{
    /// <summary>No other city of the world has it.</summary>
    public int Number => (Country.Rank * 100) + Index;

    private const int MostCities = 24;
    private const int FewestCities = 3;

    /// <summary>Where people live and work, from the centre.</summary>
    public const double RadiusKilometres = 8;

    public static IReadOnlyList<City> BuildAll(Country country, ref Dice dice)
    {
        var cities = new City[Math.Clamp((int)(60 * Math.Sqrt(country.Weight)), FewestCities, MostCities)];
        var radius = 60 + (400 * Math.Sqrt(country.Weight));
        for (var index = 0; index < cities.Length; index++)
        {
            var centre = country.Centre.Moved(radius * dice.Normal(), radius * dice.Normal(), 0);
            var name = string.Create(3, dice.Next(), static (text, bits) =>
            {
                for (var at = 0; at < text.Length; at++)
                    text[at] = (char)('A' + ((bits >> (at * 8)) % 26));
            });
            cities[index] = new City(country, index, $"{country.Code}{name}{index}", $"{country.Code} region {index / 3}", centre, 1.0 / (index + 1));
        }

        return cities;
    }
}
