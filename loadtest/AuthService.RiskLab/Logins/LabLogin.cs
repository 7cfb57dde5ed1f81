using System.Net;
using AuthService.Ecv.Signals;

namespace AuthService.RiskLab.Logins;

/// <summary>One attempt to log in, as the lab knows it: what everybody is judged by, whoever judges.</summary>
internal sealed record LabLogin
{
    /// <summary>Of the account.</summary>
    public required string User { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required Origin Origin { get; init; }

    public required UserAgent Agent { get; init; }

    /// <summary>What the app says of its surroundings.</summary>
    public RawSignals Signals { get; init; } = new();

    /// <summary>The device key that signs, or null.</summary>
    public string? Key { get; init; }

    /// <summary>Whether an older key of the account vouches for a new one, if this login binds one.</summary>
    public bool Countersigned { get; init; }

    /// <summary>Which thing it is, for the tokens that a server leaves on it; null for none that keeps any.</summary>
    public string? Thing { get; init; }

    /// <summary>A token that this server issued to another device, and that was stolen from it.</summary>
    public bool StolenToken { get; init; }

    /// <summary>The challenge came back from another network than the one it was issued to.</summary>
    public bool Relayed { get; init; }

    /// <summary>Whether this person would pass a step-up.</summary>
    public bool Completed { get; init; } = true;

    /// <summary>Whether the password was right.</summary>
    public bool Successful { get; init; } = true;

    /// <summary>From an address known for attacks; never seen by any judge.</summary>
    public bool FromAttackAddress { get; init; }
}

/// <summary>What the server sees of a connection, and what tables say of its address.</summary>
/// <param name="Peer">The address.</param>
/// <param name="Asn">Who announces it, or null.</param>
/// <param name="Country">ISO 3166-1 alpha-2, or null.</param>
/// <param name="Class">What kind of network it is.</param>
internal sealed record Origin(IPAddress? Peer, uint? Asn, string? Country, NetworkClass Class)
{
    /// <summary>Of the address, as location tables have it.</summary>
    public string? Region { get; init; }

    /// <summary>Of the address, as location tables have it.</summary>
    public string? City { get; init; }

    /// <summary>Where tables place the address, and how sure they are.</summary>
    public Fix? Fix { get; init; }

    /// <summary>How long the challenge took, if that was measured.</summary>
    public TimeSpan? RoundTrip { get; init; }
}

/// <summary>A place in degrees, with a radius in metres.</summary>
internal sealed record Fix(double Latitude, double Longitude, double RadiusMetres)
{
    private const double EarthKilometres = 6371;

    /// <summary>Along a great circle (haversine).</summary>
    public double KilometresTo(Fix other)
    {
        var (north, east) = (Radians(other.Latitude - Latitude), Radians(other.Longitude - Longitude));
        var half = (Math.Sin(north / 2) * Math.Sin(north / 2))
            + (Math.Cos(Radians(Latitude)) * Math.Cos(Radians(other.Latitude)) * Math.Sin(east / 2) * Math.Sin(east / 2));
        return 2 * EarthKilometres * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    /// <summary>So far away in kilometres; near enough for distances within a country.</summary>
    public Fix Moved(double north, double east, double radiusMetres)
    {
        const double perDegree = 111.2;
        var latitude = Math.Clamp(Latitude + (north / perDegree), -85, 85);
        var longitude = Longitude + (east / (perDegree * Math.Max(0.1, Math.Cos(Radians(latitude)))));
        return new Fix(latitude, longitude switch { > 180 => longitude - 360, < -180 => longitude + 360, _ => longitude }, radiusMetres);
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
