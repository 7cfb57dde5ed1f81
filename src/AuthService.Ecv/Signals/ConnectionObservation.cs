using System.Net;

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

    /// <summary>When, by the server's clock. Only its part of the day is tokenised.</summary>
    public DateTimeOffset? Time { get; init; }
}
