using AuthService.Ecv.Profiles;
using AuthService.Ecv.Signals;
using AuthService.Ecv.Tokens;
using CsCheck;

namespace AuthService.Ecv.Tests.Places;

/// <summary>A point from which somebody walks.</summary>
internal readonly record struct Place(double Latitude, double Longitude, double Heading)
{
    private const double MetresPerDegree = 111_320;

    public Place Moved(double metres, double heading)
    {
        var latitude = Latitude + (metres * Math.Cos(heading) / MetresPerDegree);
        var parallel = MetresPerDegree * Math.Max(Math.Cos(Latitude * Math.PI / 180), 1e-6);
        var longitude = Longitude + (metres * Math.Sin(heading) / parallel);
        longitude = longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
        return this with { Latitude = Math.Clamp(latitude, -90, 90), Longitude = Math.Clamp(longitude, -180, 180) };
    }
}

/// <summary>Places all over the world, and logins around them.</summary>
internal static class Walks
{
    private static readonly Gen<double> Heading = Gen.Double[0, 2 * Math.PI];

    /// <summary>Anywhere, a third of them at a corner of the grid, where cells of all levels meet.</summary>
    public static Gen<Place> Anywhere { get; } = Gen.OneOf(
        Gen.Select(Gen.Double[-89, 89], Gen.Double[-180, 180], Heading).Select((north, east, heading) => new Place(north, east, heading)),
        Gen.Select(Gen.Double[-70, 70], Gen.Double[-180, 180], Heading).Select((north, east, heading) => new Place(north, east, heading)),
        Gen.Select(Gen.Int[-500, 500], Gen.Int[-511, 511], Heading, Gen.Double[-9, 9], Gen.Double[-9, 9])
            .Select((row, column, heading, north, east) =>
                new Place(row * 180.0 / 1024, column * 360.0 / 1024, heading).Moved(north, 0).Moved(east, Math.PI / 2)));

    /// <summary>Logins at distances from metres to tens of kilometres: how far, which way, how often.</summary>
    public static Gen<(double Metres, double Heading, int Times)[]> Logins { get; } =
        Gen.Select(Gen.Double[0, 4.6].Select(exponent => Math.Pow(10, exponent)), Heading, Gen.Int[1, 30]).Array[1, 5];

    public static TokenizedEnvironment At(Place place) => World.Tokenize(new RawSignals
    {
        Location = new RawLocationSignals { Latitude = place.Latitude, Longitude = place.Longitude, AccuracyM = 5 },
    });

    public static Profile Taught(Place centre, (double Metres, double Heading, int Times)[] logins)
    {
        var (profile, login) = (Profile.Empty, 0);
        foreach (var (metres, heading, times) in logins)
        {
            profile = World.Taught(times, At(centre.Moved(metres, heading)), profile, login);
            login += times;
        }

        return profile;
    }
}
