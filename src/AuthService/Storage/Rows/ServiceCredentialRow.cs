namespace AuthService.Storage.Rows;

/// <summary>What an internal service, or an operator, signs in with.</summary>
public sealed class ServiceCredentialRow
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Scopes, separated by spaces.</summary>
    public required string Scopes { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The caller and the request that it was made by, or null: a repeat ends this one and makes another.</summary>
    public string? RequestedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}
