using AuthService.Security.Keys;
using AuthService.Security.Trust;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Devices;

internal static class DeviceMapping
{
    public static Device ToMessage(this DeviceRow row, AccountKeys keys) => new()
    {
        DeviceId = row.Id,
        Name = DeviceNames.Open(keys, row),
        Category = row.Category,
        CreateTime = row.CreatedAt.ToTimestamp(),
        LastSeenTime = row.LastSeenAt.ToTimestamp(),
        TrustedFrom = row.TrustedFrom < SoftDoors.Frozen ? row.TrustedFrom.ToTimestamp() : null,
        Frozen = row.TrustedFrom == SoftDoors.Frozen,
        Attested = row.Attested,
        KeyThumbprint = row.KeyThumbprint,
    };
}
