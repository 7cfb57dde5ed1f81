using System.Net;
using AuthService.Ecv.Places;

namespace AuthService.Ecv.Signals;

/// <summary>What kind of network an address belongs to.</summary>
public enum NetworkClass
{
    /// <summary>No source says.</summary>
    Unknown = 0,
    Fixed = 1,
    Mobile = 2,

    /// <summary>Carrier-grade NAT: one address, many customers.</summary>
    CarrierGradeNat = 3,
    Hosting = 4,
    Vpn = 5,
    Relay = 6,
    Satellite = 7,
}

/// <summary>What the server itself saw of a connection. No client can claim it.</summary>
public sealed record ConnectionObservation
{
    /// <summary>Nothing was observed: for <c>ComputeEcv</c>, where the caller is not the one who is judged.</summary>
    public static ConnectionObservation None { get; } = new();

    /// <summary>The end user's address. Only its /24 or /48 is ever tokenised.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case, of the address.</summary>
    public string? Country { get; init; }

    /// <summary>Autonomous system number of the address.</summary>
    public uint? Asn { get; init; }

    public NetworkClass NetworkClass { get; init; }

    /// <summary>Where the address is said to be, with the radius that its source is sure of; null when no source says. For travel only.</summary>
    public GeoFix? Fix { get; init; }

    /// <summary>How long the challenge took to come back, by the server's clock; null without a challenge. A relay costs time.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>When, by the server's clock. Only its part of the day is tokenised.</summary>
    public DateTimeOffset? Time { get; init; }
}
