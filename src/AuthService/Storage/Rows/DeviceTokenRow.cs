namespace AuthService.Storage.Rows;

/// <summary>
/// A "remember this device" token. It rotates at use: the successor is issued beside it, and replaces it once it is used in
/// turn, so that a lost answer costs nobody a step-up.
/// </summary>
public sealed class DeviceTokenRow
{
    public required string Id { get; init; }
    public required string AccountId { get; init; }

    /// <summary>The bound device that it was issued to, if any.</summary>
    public string? DeviceId { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] CurrentHash { get; set; }

    /// <summary>SHA-256 of the successor that was given out last, if any.</summary>
    public byte[]? NextHash { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastUsedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}
