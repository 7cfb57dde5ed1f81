using AuthService.Security.Keys;
using AuthService.Storage.Rows;

namespace AuthService.Devices;

/// <summary>The names that people give their devices: personal, so sealed, each for its own device.</summary>
internal static class DeviceNames
{
    public static byte[] Seal(AccountKeys keys, string deviceId, string name) => Sealing.Seal(keys, FieldOf(deviceId), name);

    public static string Open(AccountKeys keys, DeviceRow device) =>
        Sealing.TryOpenText(keys, FieldOf(device.Id), device.NameSealed, out var name) ? name : "";

    private static string FieldOf(string deviceId) => $"device_name/{deviceId}";
}
