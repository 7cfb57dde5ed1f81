using System.Collections.Immutable;
using AuthService.Ecv.Places;

namespace AuthService.Ecv.Signals;

/// <summary>Signals in canonical form: equal surroundings are equal values. Made only by <see cref="SignalParser"/>.</summary>
public sealed record CanonicalSignals
{
    internal CanonicalSignals()
    {
    }

    /// <summary>No signal at all.</summary>
    public static CanonicalSignals Empty { get; } = new();

    public string? HardwareId { get; internal init; }

    public string? BoardId { get; internal init; }

    public string? DeviceName { get; internal init; }

    /// <summary>Never a randomised one.</summary>
    public Eui48? Mac { get; internal init; }

    public string? Manufacturer { get; internal init; }

    public string? Model { get; internal init; }

    public string? OsName { get; internal init; }

    public OsVersion? OsVersion { get; internal init; }

    /// <summary>What the app calls its kind of device; no evidence, it only helps to name a device.</summary>
    public string? Category { get; internal init; }

    public string? Ssid { get; internal init; }

    public Eui48? Bssid { get; internal init; }

    /// <summary>The strongest access points of a scan; empty when the platform gives no scan.</summary>
    public ImmutableArray<SceneAccessPoint> Scene { get; internal init; } = [];

    public string? CountryCode { get; internal init; }

    public string? CityCode { get; internal init; }

    /// <summary>MCC and MNC as five or six digits.</summary>
    public string? Operator { get; internal init; }

    public string? CellId { get; internal init; }

    public GeoFix? Fix { get; internal init; }

    /// <summary>BCP 47 in its recommended case.</summary>
    public string? Language { get; internal init; }

    /// <summary>Distinct, in ordinal order.</summary>
    public ImmutableArray<string> PlatformAccounts { get; internal init; } = [];
}

/// <summary>An access point of a scene.</summary>
/// <param name="Bssid">Its address.</param>
/// <param name="Strength">1 (weakest) to 15, in steps of 5 dB.</param>
public readonly record struct SceneAccessPoint(Eui48 Bssid, byte Strength);
