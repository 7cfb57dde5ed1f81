using System.Collections.Frozen;

namespace AuthService.Ecv.Signals;

internal static class DeviceSignalParser
{
    private const int MaxIdentifier = 128;
    private const int MaxName = 64;
    private const int MaxCategory = 32;

    // What firmware and platforms say when they have no identifier: Android's Build.UNKNOWN and the identifier that a
    // whole batch of Android 2.2 devices shared; the SMBIOS defaults that mainboard makers leave in place.
    private static readonly FrozenSet<string> Placeholders = FrozenSet.ToFrozenSet(
        ["unknown", "9774d56d682e549c", "Default string", "To be filled by O.E.M.", "System Serial Number", "None", "0"],
        StringComparer.OrdinalIgnoreCase);

    public static CanonicalSignals Parse(RawDeviceSignals raw, CanonicalSignals signals, FieldReader fields)
    {
        var mac = fields.Address("device.mac", raw.Mac);
        var version = fields.Text("device.os_version", raw.OsVersion, MaxName);
        return signals with
        {
            HardwareId = Identifier("device.hardware_id", raw.HardwareId, fields),
            BoardId = Identifier("device.board_id", raw.BoardId, fields),
            DeviceName = fields.Text("device.device_name", raw.DeviceName, MaxIdentifier),
            Mac = mac is { IsLocallyAdministered: false } ? mac : null,
            Manufacturer = fields.Text("device.manufacturer", raw.Manufacturer, MaxName),
            Model = fields.Text("device.model", raw.Model, MaxName),
            OsName = fields.Text("device.os_name", raw.OsName, MaxName),
            OsVersion = version is null ? null : OsVersion.Of(version),
            Category = fields.Text("device.category", raw.Category, MaxCategory),
        };
    }

    private static string? Identifier(string field, string? value, FieldReader fields) =>
        fields.Text(field, value, MaxIdentifier) is { } text && !Placeholders.Contains(text) ? text : null;
}
