namespace AuthService.Client.AspNetCore;

/// <summary>Whose access token it is, and what it is good for.</summary>
public sealed record ValidSession
{
    public required string AccountId { get; init; }

    public required string SessionId { get; init; }

    /// <summary>The device that the session is bound to; empty if to none.</summary>
    public required string DeviceId { get; init; }

    /// <summary>RFC 7638 thumbprint of that device's key (<c>cnf.jkt</c>); empty if there is none.</summary>
    public required string KeyThumbprint { get; init; }

    /// <summary>How the person authenticated: RFC 8176.</summary>
    public required IReadOnlyList<string> Amr { get; init; }

    /// <summary><c>aal1</c>, <c>aal2</c> or <c>aal3</c>.</summary>
    public required string Aal { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Of the token, by AuthService's clock.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
