namespace AuthService.Ecv.Places;

/// <summary>Distances on the globe, and the speed that they take.</summary>
internal static class Travel
{
    private const double EarthRadiusKm = 6371.0088;
    private const int ShortestMinutes = 10;

    /// <summary>No more is told apart. km/h.</summary>
    private const int Fastest = 100_000;

    /// <summary>
    /// v = max(0, distance − r₁ − r₂) / max(Δt, 10 min), in whole km/h. The record of a verdict holds this number, so replaying
    /// one does no trigonometry; and libraries differ far beyond the digits that survive the rounding.
    /// </summary>
    public static int Speed(in Sighting from, in Sighting to)
    {
        var kilometres = Math.Max(0, Distance(from, to) - from.RadiusKm - to.RadiusKm);
        var minutes = Math.Max(ShortestMinutes, Math.Abs((long)to.Minute - from.Minute));
        return (int)Math.Min(Fastest, Math.Round(kilometres * 60 / minutes));
    }

    /// <summary>How far two places are apart at least, for all that their radii leave open.</summary>
    public static int Kilometres(GeoFix from, GeoFix to)
    {
        var (here, there) = (Sighting.Of(default, SightingSource.Observed, 0, from), Sighting.Of(default, SightingSource.Observed, 0, to));
        return (int)Math.Max(0, Distance(here, there) - here.RadiusKm - there.RadiusKm);
    }

    /// <summary>Haversine, between the middles of the cells.</summary>
    private static double Distance(in Sighting from, in Sighting to)
    {
        var (fromNorth, toNorth) = (Latitude(from), Latitude(to));
        var north = Math.Sin((toNorth - fromNorth) / 2);
        var east = Math.Sin((Longitude(to) - Longitude(from)) / 2);
        var haversine = (north * north) + (Math.Cos(fromNorth) * Math.Cos(toNorth) * east * east);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }

    private static double Latitude(in Sighting sighting) => (((sighting.Row + 0.5) / (1 << Geohash.LatitudeBits(1))) - 0.5) * Math.PI;

    private static double Longitude(in Sighting sighting) => (((sighting.Column + 0.5) / (1 << Geohash.LongitudeBits(1))) - 0.5) * 2 * Math.PI;
}
