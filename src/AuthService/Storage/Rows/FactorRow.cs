namespace AuthService.Storage.Rows;

/// <summary>A second factor: TOTP, or a set of recovery codes.</summary>
public sealed class FactorRow
{
    public required string Id { get; init; }
    public required string AccountId { get; init; }

    /// <summary>The number of the <c>FactorKind</c>.</summary>
    public int Kind { get; init; }

    public byte[]? NameSealed { get; init; }

    /// <summary>The TOTP secret, sealed under the account's data key.</summary>
    public byte[]? SecretSealed { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Whether a trusted guard vouched for it when it was enrolled; see <c>Security/Trust</c>.</summary>
    public bool IsCountersigned { get; set; }

    /// <summary>From when on it counts; null until it is confirmed.</summary>
    public DateTimeOffset? TrustedFrom { get; set; }

    /// <summary>The last TOTP time step accepted: a code is used once (RFC 6238 §5.2).</summary>
    public long LastTimeStep { get; set; }
}

/// <summary>One recovery code.</summary>
public sealed class RecoveryCodeRow
{
    public required byte[] Hash { get; init; }
    public required string FactorId { get; init; }
    public required string AccountId { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
