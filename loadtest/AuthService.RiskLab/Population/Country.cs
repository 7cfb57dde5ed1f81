using System.Globalization;
using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Population;

/// <summary>A country with its cities and networks.</summary>
/// <param name="Rank">Its place among the countries, the one with most people first.</param>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Mcc">Mobile country code (ITU-T E.212).</param>
/// <param name="Centre">Roughly.</param>
/// <param name="Language">BCP 47, with the country.</param>
/// <param name="Weight">Of all people, so many live here.</param>
internal sealed record Country(int Rank, string Code, string Mcc, Fix Centre, string Language, double Weight)
{
    /// <summary>The first country of the list holds 43 in 100 people, as in the data set; the others follow Zipf's law.</summary>
    private const double LargestShare = 0.43;

    public IReadOnlyList<City> Cities { get; private set; } = [];

    public IReadOnlyList<Isp> Fixed { get; private set; } = [];

    public IReadOnlyList<Isp> Mobile { get; private set; } = [];

    public City PickCity(ref Dice dice) => Cities[dice.Weighted([.. Cities.Select(city => city.Weight)])];

    /// <summary>By market share.</summary>
    public static Isp PickIsp(IReadOnlyList<Isp> isps, ref Dice dice) => isps[dice.Weighted([.. isps.Select(isp => isp.Share)])];

    public static IReadOnlyList<Country> LoadAll(ulong seed)
    {
        using var table = new StreamReader(typeof(Country).Assembly.GetManifestResourceStream("AuthService.RiskLab.Population.Data.countries.tsv")!);
        var lines = table.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t')).ToArray();
        var others = Enumerable.Range(1, lines.Length - 1).Sum(rank => 1.0 / (rank + 1));
        var addresses = new AddressSpace();
        return [.. lines.Select((line, rank) =>
            Build(rank, line, rank == 0 ? LargestShare : (1 - LargestShare) / (rank + 1) / others, seed, addresses))];
    }

    private static Country Build(int rank, string[] line, double weight, ulong seed, AddressSpace addresses)
    {
        var centre = new Fix(Degrees(line[2]), Degrees(line[3]), 0);
        var country = new Country(rank, line[0], line[1], centre, $"{line[4]}-{line[0]}", weight);
        var dice = Dice.Of(seed, "country " + line[0]);
        country.Cities = City.BuildAll(country, ref dice);
        country.Fixed = Isp.BuildFixed(country, addresses, ref dice);
        country.Mobile = Isp.BuildMobile(country, addresses, ref dice);
        return country;
    }

    private static double Degrees(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
