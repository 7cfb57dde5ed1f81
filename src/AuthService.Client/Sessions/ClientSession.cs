using AuthService.V1;

namespace AuthService.Client.Sessions;

/// <summary>A session as the app keeps it. Holds secrets: it does not print them, and where it is stored is to be private.</summary>
public sealed record ClientSession
{
    public required string SessionId { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The device that the session is bound to, or empty.</summary>
    public required string DeviceId { get; init; }

    public required string AccessToken { get; init; }

    public required DateTimeOffset AccessExpiresAt { get; init; }

    public required string RefreshToken { get; init; }

    public required DateTimeOffset RefreshExpiresAt { get; init; }

    /// <summary>See <see cref="Protocol.AssuranceLevels"/>.</summary>
    public required string Aal { get; init; }

    /// <summary>See <see cref="Protocol.AuthenticationMethods"/>.</summary>
    public required IReadOnlyList<string> Amr { get; init; }

    public override string ToString() => $"session {SessionId}";

    internal static ClientSession From(Session session) => new()
    {
        SessionId = session.SessionId,
        AccountId = session.AccountId,
        DeviceId = session.DeviceId,
        AccessToken = session.AccessToken,
        AccessExpiresAt = session.AccessExpiresAt.ToDateTimeOffset(),
        RefreshToken = session.RefreshToken,
        RefreshExpiresAt = session.RefreshExpiresAt.ToDateTimeOffset(),
        Aal = session.Aal,
        Amr = [.. session.Amr],
    };
}
