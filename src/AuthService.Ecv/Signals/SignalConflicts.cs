using AuthService.Ecv.Places;

namespace AuthService.Ecv.Signals;

/// <summary>Signals that cannot both be true.</summary>
[Flags]
public enum SignalConflicts
{
    None = 0,

    /// <summary>The mobile operator is of another country than the one that the app or the address names.</summary>
    Operator = 1,

    /// <summary>The app names another country than the address is of.</summary>
    Country = 2,

    /// <summary>The app's place is farther from the address's than both radii allow.</summary>
    Place = 4,

    /// <summary>The language is of another country than all that was named. Counts only where the language is new to the account.</summary>
    Language = 8,

    All = Operator | Country | Place | Language,
}

/// <summary>Finds conflicts between what was claimed and what was observed, before either becomes a token.</summary>
public static class Consistency
{
    /// <summary>Beyond both radii, so far apart that no error of a city's size explains it. Kilometres.</summary>
    private const int FarApartKm = 500;

    /// <summary>
    /// What consent does not cover is not compared. An address tells a country only where its network is at home: roaming phones
    /// come out of their home country, and relays, VPNs, data centres and satellites wherever they like.
    /// </summary>
    public static SignalConflicts Find(CanonicalSignals signals, SignalConsents consents, ConnectionObservation observation)
    {
        var kept = Tokens.Consented.Of(signals, consents);
        var address = observation.NetworkClass is NetworkClass.Unknown or NetworkClass.Fixed ? observation.Country : null;
        var cell = MobileCountries.Of(kept.Operator);

        var conflicts = SignalConflicts.None;
        if (Differ(cell, kept.CountryCode) || Differ(cell, address))
            conflicts |= SignalConflicts.Operator;
        if (Differ(kept.CountryCode, address))
            conflicts |= SignalConflicts.Country;
        if (AreFarApart(SeenPlaces.Of(kept, consents, observation), observation.NetworkClass))
            conflicts |= SignalConflicts.Place;
        if (RegionOf(kept.Language) is { } region && (kept.CountryCode ?? address ?? cell) is not null
            && !Names(region, kept.CountryCode, address, cell))
        {
            conflicts |= SignalConflicts.Language;
        }

        return conflicts;
    }

    private static bool Differ(string? left, string? right) =>
        left is not null && right is not null && !string.Equals(left, right, StringComparison.Ordinal);

    private static bool Names(string region, params ReadOnlySpan<string?> countries) => countries.Contains(region);

    private static bool AreFarApart(SeenPlaces seen, NetworkClass network) =>
        network is NetworkClass.Unknown or NetworkClass.Fixed
        && seen is { Observed: { } observed, Claimed: { } claimed }
        && Travel.Kilometres(observed, claimed) > FarApartKm;

    /// <summary>The region of a language tag: two capitals after the language and perhaps a script (RFC 5646 §2.2.4).</summary>
    private static string? RegionOf(string? language)
    {
        var subtags = language?.Split('-') ?? [];
        return Array.Find(subtags, subtag => subtag.Length == 2 && char.IsAsciiLetterUpper(subtag[0]));
    }
}
