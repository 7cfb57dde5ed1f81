namespace AuthService.Storage.Rows;

/// <summary>A device bound to an account by its public key.</summary>
public sealed class DeviceRow
{
    public required string Id { get; init; }
    public required string AccountId { get; init; }

    /// <summary>SubjectPublicKeyInfo, DER, P-256.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>RFC 7638, as in <c>cnf.jkt</c>.</summary>
    public required string KeyThumbprint { get; init; }

    public required byte[] NameSealed { get; set; }
    public required string Category { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>From when on its proof opens the gate and counts as a factor; see <c>Security/Trust</c>.</summary>
    public DateTimeOffset TrustedFrom { get; set; }

    public bool Attested { get; init; }
}
