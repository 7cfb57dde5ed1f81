using System.Runtime.InteropServices;
using AuthService.Ecv.Characteristics;
using AuthService.Ecv.Places;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tokens;

/// <summary>The tokens of what a client sent.</summary>
internal static class SignalTokens
{
    /// <summary>The "level" under which the mask of a version is derived; no real level has it.</summary>
    private const int MaskLevel = 255;

    public static void Write(CanonicalSignals signals, EnvironmentWriter writer)
    {
        writer.Write(CharacteristicKind.DeviceHardware, 0, signals.HardwareId);
        writer.Write(CharacteristicKind.DeviceBoard, 0, signals.BoardId);
        writer.Write(CharacteristicKind.DeviceName, 0, signals.DeviceName);
        writer.Write(CharacteristicKind.DeviceMac, 0, signals.Mac);
        writer.Write(CharacteristicKind.DeviceModel, 0, signals.Manufacturer);
        writer.WriteWithin(CharacteristicKind.DeviceModel, 1, signals.Manufacturer, signals.Model);
        WriteOs(signals, writer);

        writer.Write(CharacteristicKind.WifiNetwork, 0, signals.Ssid);
        writer.Write(CharacteristicKind.WifiNetwork, 1, signals.Bssid);
        writer.WriteScene(signals.Scene);

        writer.Write(CharacteristicKind.PlaceRegion, 0, signals.CountryCode);
        writer.WriteWithin(CharacteristicKind.PlaceRegion, 1, signals.CountryCode, signals.CityCode);
        writer.Write(CharacteristicKind.PlaceCell, 0, signals.Operator);
        writer.WriteWithin(CharacteristicKind.PlaceCell, 1, signals.Operator, signals.CellId);
        if (signals.Fix is { Levels: > 0 } fix)
            WriteCells(fix, writer);

        writer.WriteAccounts(signals.PlatformAccounts);
        writer.Write(CharacteristicKind.Language, 0, signals.Language);
    }

    private static void WriteOs(CanonicalSignals signals, EnvironmentWriter writer)
    {
        writer.Write(CharacteristicKind.DeviceOs, 0, signals.OsName);
        writer.WriteWithin(CharacteristicKind.DeviceOs, 1, signals.OsName, signals.OsVersion?.Major);
        writer.WriteWithin(CharacteristicKind.DeviceOs, 2, signals.OsName, signals.OsVersion?.Text);

        // The number plus a secret of the account: the profile can tell newer from older, and nobody what the version is.
        if (signals is { OsName: { } name, OsVersion.Number: { } number })
            writer.WriteMaskedOsVersion(unchecked(number + (ulong)writer.Hash.Of(CharacteristicKind.DeviceOs, MaskLevel, name).Value));
    }

    private static void WriteCells(GeoFix fix, EnvironmentWriter writer)
    {
        var levels = new CellLevel[fix.Levels];
        Span<NearCell> around = stackalloc NearCell[Surroundings.MaxCount];
        Span<byte> name = stackalloc byte[Geohash.MaxLength];
        for (var level = 0; level < levels.Length; level++)
        {
            var place = Geohash.Locate(fix, level);
            writer.Write(CharacteristicKind.PlaceGeo, level, Geohash.Encode(place.Cell, name));

            var near = around[..Surroundings.Of(place, around)];
            var neighbours = new NeighbourCell[near.Length];
            for (var index = 0; index < neighbours.Length; index++)
            {
                var token = writer.Hash.Of(CharacteristicKind.PlaceGeo, level, Geohash.Encode(near[index].Cell, name));
                neighbours[index] = new NeighbourCell(token, near[index].Closeness, near[index].Share);
            }

            levels[level] = new CellLevel(ImmutableCollectionsMarshal.AsImmutableArray(neighbours), Surroundings.FadeAt(fix, level));
        }

        writer.WriteNeighbourhood(new CellNeighbourhood(ImmutableCollectionsMarshal.AsImmutableArray(levels)));
    }
}
