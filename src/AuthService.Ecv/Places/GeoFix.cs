using System.Diagnostics.CodeAnalysis;

namespace AuthService.Ecv.Places;

/// <summary>A place on WGS 84 in whole units of 10⁻⁷ degrees (about a centimetre), so that all that follows is integer arithmetic.</summary>
public sealed record GeoFix
{
    /// <summary>A radius above this says nothing: the place counts as absent. Metres.</summary>
    public const double WorstAccuracy = 50_000;

    private const double UnitsPerDegree = 1e7;

    // Half the way around the Earth: no place is farther from another.
    private const double FarthestAccuracy = 20_040_000;

    private GeoFix(long latitude, long longitude, int? accuracyMetres) =>
        (Latitude, Longitude, AccuracyMetres) = (latitude, longitude, accuracyMetres);

    /// <summary>-900,000,000 to 900,000,000.</summary>
    public long Latitude { get; }

    /// <summary>-1,800,000,000 to 1,799,999,999: 180° east is 180° west.</summary>
    public long Longitude { get; }

    /// <summary>Radius of the 68 % circle, if the platform told it.</summary>
    public int? AccuracyMetres { get; }

    /// <summary>
    /// How many levels of the grid the accuracy allows: a level whose cells are lower than the radius would be a guess.
    /// Without a radius the finest level is left out, since "approximate location" is several kilometres wide on both platforms.
    /// </summary>
    public int Levels => AccuracyMetres switch
    {
        null => 2,
        <= 600 => 3,
        <= 4_900 => 2,
        <= 19_500 => 1,
        _ => 0,
    };

    /// <summary>
    /// From degrees and a radius in metres as an address source tells them: nothing if they are no place on Earth. Such a radius may be
    /// wider than <see cref="WorstAccuracy"/>: it then tells no cell, but still how far apart two addresses are at the least.
    /// </summary>
    public static bool TryCreate(double latitude, double longitude, double? accuracyMetres, [NotNullWhen(true)] out GeoFix? fix)
    {
        // Comparisons with NaN are false.
        var isPlace = Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180 && accuracyMetres is null or (>= 0 and <= FarthestAccuracy);
        fix = isPlace ? Of(latitude, longitude, accuracyMetres) : null;
        return isPlace;
    }

    /// <summary>From degrees within range, and a radius of at most <see cref="WorstAccuracy"/>.</summary>
    internal static GeoFix Of(double latitude, double longitude, double? accuracy)
    {
        var east = (long)Math.Round(longitude * UnitsPerDegree);
        return new GeoFix(
            (long)Math.Round(latitude * UnitsPerDegree),
            east == 1_800_000_000 ? -1_800_000_000 : east,
            accuracy is { } radius ? (int)Math.Ceiling(radius) : null);
    }

    /// <summary>The same place, known less well.</summary>
    internal GeoFix WithRadiusOfAtLeast(int metres) => new(Latitude, Longitude, Math.Max(AccuracyMetres ?? 0, metres));
}
