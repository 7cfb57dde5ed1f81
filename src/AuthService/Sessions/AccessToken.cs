using AuthService.Storage.Ids;

namespace AuthService.Sessions;

/// <summary>What a verified access token says. Whether it is good now, its session's <see cref="SessionState"/> decides.</summary>
/// <param name="KeyThumbprint"><c>cnf.jkt</c>: of the device key that every call must be proven with, or null.</param>
/// <param name="Generation">Of the refresh token that it was issued with.</param>
/// <param name="ExpiresAt">Whole seconds.</param>
internal sealed record AccessToken(
    AccountId Account,
    SessionId Session,
    DeviceId? Device,
    string? KeyThumbprint,
    IReadOnlyList<string> Scopes,
    int Generation,
    DateTimeOffset ExpiresAt);

/// <summary>The claims that no registry names as we use them.</summary>
internal static class PrivateClaims
{
    public const string Device = "device_id";
    public const string Generation = "gen";
}
