namespace AuthService.Storage.Rows;

/// <summary>A write that was answered, so that a repeat of the same request is answered the same (AIP-155). Kept 24 hours.</summary>
public sealed class RequestRow
{
    /// <summary>SHA-256 over caller, RPC and request id.</summary>
    public required byte[] Key { get; init; }

    /// <summary>Keyed hash of the request: the same id with another request is refused.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The answer, sealed.</summary>
    public required byte[] ResponseSealed { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
