using System.Buffers.Binary;
using AuthService.Ecv.Profiles;

namespace AuthService.Ecv.Places;

/// <summary>
/// Where an account's devices last were: coarse cells (geohash 5, about five kilometres), kept for 48 hours at most, since only
/// distance tells an impossible journey. The caller seals it under the account's key; nothing finer is ever in it.
/// </summary>
/// <remarks><code>u8 version = 1 │ sightings × (u64 device │ u8 source │ u32 minute since 2020 │ u16 row │ u16 column │ u16 radius in km)</code></remarks>
public sealed class Whereabouts
{
    /// <summary>Sightings kept: the last of each device and source, and of the devices those seen last.</summary>
    public const int MaxSightings = 16;

    public static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    private const byte Version = 1;
    private const int SightingSize = 19;
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly IReadOnlyList<Sighting> sightings;

    private Whereabouts(IReadOnlyList<Sighting> sightings) => this.sightings = sightings;

    public static Whereabouts Unknown { get; } = new([]);

    public bool IsEmpty => sightings.Count == 0;

    /// <summary>What <see cref="Write"/> wrote; unknown if the bytes are anything else.</summary>
    public static Whereabouts Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] != Version || (bytes.Length - 1) % SightingSize != 0 || bytes.Length > 1 + (MaxSightings * SightingSize))
            return Unknown;

        var read = new List<Sighting>();
        for (var rest = bytes[1..]; !rest.IsEmpty; rest = rest[SightingSize..])
        {
            read.Add(new Sighting(
                BinaryPrimitives.ReadUInt64BigEndian(rest), (SightingSource)rest[8], BinaryPrimitives.ReadUInt32BigEndian(rest[9..]),
                BinaryPrimitives.ReadUInt16BigEndian(rest[13..]), BinaryPrimitives.ReadUInt16BigEndian(rest[15..]),
                BinaryPrimitives.ReadUInt16BigEndian(rest[17..])));
        }

        return new Whereabouts(read);
    }

    public byte[] Write()
    {
        var bytes = new byte[1 + (sightings.Count * SightingSize)];
        bytes[0] = Version;
        for (var index = 0; index < sightings.Count; index++)
        {
            var sighting = sightings[index];
            var at = bytes.AsSpan(1 + (index * SightingSize));
            BinaryPrimitives.WriteUInt64BigEndian(at, sighting.Device);
            at[8] = (byte)sighting.Source;
            BinaryPrimitives.WriteUInt32BigEndian(at[9..], sighting.Minute);
            BinaryPrimitives.WriteUInt16BigEndian(at[13..], sighting.Row);
            BinaryPrimitives.WriteUInt16BigEndian(at[15..], sighting.Column);
            BinaryPrimitives.WriteUInt16BigEndian(at[17..], sighting.RadiusKm);
        }

        return bytes;
    }

    /// <summary>Adds what a login showed of where its device is. Only what a login was entitled to teach should come here.</summary>
    /// <param name="seen">Where, by each source.</param>
    /// <param name="devices">The device, by every name it has. Where nothing names it there is nothing to keep: two browsers are no journey.</param>
    /// <param name="time">When, by the server's clock.</param>
    public Whereabouts See(SeenPlaces seen, IReadOnlyList<DeviceTag> devices, DateTimeOffset time)
    {
        var minute = MinuteOf(time);
        var fresh = new List<Sighting>();
        foreach (var device in devices)
        {
            if (seen.Claimed is { } claimed)
                fresh.Add(Sighting.Of(device, SightingSource.Claimed, minute, claimed));
            if (seen.Observed is { } observed)
                fresh.Add(Sighting.Of(device, SightingSource.Observed, minute, observed));
        }

        return Merge(new Whereabouts(fresh), time);
    }

    /// <summary>Adds sightings that were kept apart until they might be learned. Newer ones take the place of older ones.</summary>
    public Whereabouts Merge(Whereabouts fresh, DateTimeOffset time) => new([.. fresh.Live(time)
        .Concat(Live(time))
        .GroupBy(sighting => (sighting.Device, sighting.Source))
        .Select(same => same.MaxBy(sighting => sighting.Minute))
        .OrderByDescending(sighting => sighting.Minute)
        .Take(MaxSightings)]);

    /// <summary>
    /// How fast a device must have travelled since it was last seen, by each source, in km/h; null where nothing tells. The worst of
    /// all that it may be.
    /// </summary>
    public TravelSpeed SpeedTo(SeenPlaces seen, IReadOnlyList<DeviceTag> mayBe, DateTimeOffset time) => new(
        Fastest(seen.Observed, mayBe, SightingSource.Observed, time),
        Fastest(seen.Claimed, mayBe, SightingSource.Claimed, time));

    private int? Fastest(GeoFix? place, IReadOnlyList<DeviceTag> mayBe, SightingSource source, DateTimeOffset time)
    {
        if (place is null)
            return null;
        var now = Sighting.Of(default, source, MinuteOf(time), place);
        return Live(time)
            .Where(known => known.Source == source && known.Device != 0 && mayBe.Contains(new DeviceTag(known.Device)))
            .Select(known => (int?)Travel.Speed(known, now))
            .Max();
    }

    private IEnumerable<Sighting> Live(DateTimeOffset time)
    {
        var oldest = MinuteOf(time - Kept);
        return sightings.Where(sighting => sighting.Minute >= oldest);
    }

    private static uint MinuteOf(DateTimeOffset time) => (uint)Math.Clamp((time - Start).Ticks / TimeSpan.TicksPerMinute, 0, uint.MaxValue);
}

/// <summary>Where a login is, by each source.</summary>
/// <param name="Observed">By its address; null for networks whose addresses surface elsewhere (relay, VPN, hosting, satellite).</param>
/// <param name="Claimed">By the device's own word.</param>
public readonly record struct SeenPlaces(GeoFix? Observed, GeoFix? Claimed)
{
    /// <summary>A phone's network puts its customers' addresses on the map within this of where they are. Metres.</summary>
    private const int MobileRadius = 200_000;

    public static SeenPlaces Of(Signals.CanonicalSignals signals, Signals.SignalConsents consents, Signals.ConnectionObservation observation) => new(
        observation.NetworkClass switch
        {
            Signals.NetworkClass.Relay or Signals.NetworkClass.Vpn or Signals.NetworkClass.Satellite or Signals.NetworkClass.Hosting => null,
            Signals.NetworkClass.Mobile or Signals.NetworkClass.CarrierGradeNat => observation.Fix?.WithRadiusOfAtLeast(MobileRadius),
            _ => observation.Fix,
        },
        consents.HasFlag(Signals.SignalConsents.Location) ? signals.Fix : null);
}

/// <summary>How fast a device must have travelled, in km/h; null where nothing tells.</summary>
/// <param name="Observed">By the places of addresses.</param>
/// <param name="Claimed">By the places that the device named.</param>
public readonly record struct TravelSpeed(int? Observed, int? Claimed);

internal enum SightingSource : byte
{
    Claimed = 1,
    Observed = 2,
}

/// <summary>A device in a cell of the grid at level 1, at a minute.</summary>
internal readonly record struct Sighting(ulong Device, SightingSource Source, uint Minute, ushort Row, ushort Column, ushort RadiusKm)
{
    /// <summary>Half the diagonal of a cell: what the coarse cell leaves open. Kilometres.</summary>
    private const int CellRadiusKm = 4;

    public static Sighting Of(DeviceTag device, SightingSource source, uint minute, GeoFix fix)
    {
        var (cell, _, _) = Geohash.Locate(fix, level: 1);
        var radius = ((fix.AccuracyMetres ?? 0) / 1000) + CellRadiusKm;
        return new Sighting(device.Value, source, minute, (ushort)cell.Row, (ushort)cell.Column, (ushort)radius);
    }
}
