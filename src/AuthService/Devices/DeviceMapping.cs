using AuthService.Security.Keys;
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
        TrustedFrom = row.TrustedFrom.ToTimestamp(),
        Attested = row.Attested,
        KeyThumbprint = row.KeyThumbprint,
    };
}
