using System.Collections.Immutable;
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
        writer.Write(CharacteristicKind.DeviceMac, 0, signals.Mac?.ToString());
        writer.Write(CharacteristicKind.DeviceModel, 0, signals.Manufacturer);
        writer.WriteWithin(CharacteristicKind.DeviceModel, 1, signals.Manufacturer, signals.Model);
        WriteOs(signals, writer);

        writer.Write(CharacteristicKind.WifiNetwork, 0, signals.Ssid);
        writer.Write(CharacteristicKind.WifiNetwork, 1, signals.Bssid?.ToString());
        writer.WriteSet(CharacteristicKind.WifiScene, signals.Scene.Select(point => (point.Bssid.ToString(), point.Strength)));

        writer.Write(CharacteristicKind.PlaceRegion, 0, signals.CountryCode);
        writer.WriteWithin(CharacteristicKind.PlaceRegion, 1, signals.CountryCode, signals.CityCode);
        writer.Write(CharacteristicKind.PlaceCell, 0, signals.Operator);
        writer.WriteWithin(CharacteristicKind.PlaceCell, 1, signals.Operator, signals.CellId);
        if (signals.Fix is { Levels: > 0 } fix)
            WriteCells(fix, writer);

        writer.WriteSet(CharacteristicKind.AccountCompany, signals.PlatformAccounts.Select(account => (account, (byte)1)));
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
        var levels = ImmutableArray.CreateBuilder<CellLevel>(fix.Levels);
        for (var level = 0; level < fix.Levels; level++)
        {
            writer.Write(CharacteristicKind.PlaceGeo, level, Geohash.Encode(Geohash.Locate(fix, level).Cell));
            var neighbours = Surroundings.Of(fix, level).Select(near => new NeighbourCell(
                writer.Hash.Of(CharacteristicKind.PlaceGeo, level, Geohash.Encode(near.Cell)), near.Closeness, near.Share));
            levels.Add(new CellLevel([.. neighbours], Surroundings.FadeAt(fix, level)));
        }

        writer.WriteNeighbourhood(new CellNeighbourhood(levels.MoveToImmutable()));
    }
}
