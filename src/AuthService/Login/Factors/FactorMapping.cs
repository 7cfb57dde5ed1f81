using AuthService.Security.Keys;
using AuthService.Security.Trust;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Login.Factors;

/// <summary>Factors as messages.</summary>
internal static class FactorMapping
{
    /// <summary>The name that a factor's sealed name is bound to.</summary>
    public const string NameField = "factor_name";

    public static Factor ToMessage(this FactorRow row, AccountKeys keys, int remaining) => new()
    {
        FactorId = row.Id,
        Kind = (FactorKind)row.Kind,
        Name = row.NameSealed is { } box && Sealing.TryOpenText(keys, NameField, box, out var name) ? name : "",
        CreateTime = row.CreatedAt.ToTimestamp(),
        Confirmed = row.ConfirmedAt is not null,
        Remaining = remaining,
        TrustedFrom = row.TrustedFrom is { } from && from < SoftDoors.Frozen ? from.ToTimestamp() : null,
        Frozen = row.TrustedFrom == SoftDoors.Frozen,
    };
}
