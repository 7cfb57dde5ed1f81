namespace AuthService.Storage.Rows;

/// <summary>What a code proves.</summary>
public enum VerificationPurpose
{
    SignUp = 1,
    ContactChange = 2,
    Recovery = 3,
}

/// <summary>A code on its way to a contact, and what follows when it comes back.</summary>
public sealed class VerificationRow
{
    public required string Id { get; init; }
    public VerificationPurpose Purpose { get; init; }

    /// <summary>The account; for a recovery of an unknown identifier, a decoy.</summary>
    public required string AccountId { get; init; }

    public ContactKind Channel { get; init; }

    /// <summary>The contact that the code went to, under the account's data key.</summary>
    public required byte[] ContactSealed { get; init; }

    /// <summary>Keyed hash over id and code. Null where no code can ever fit: the contact already has an account.</summary>
    public byte[]? CodeHash { get; init; }

    /// <summary>The network, or the device key, that asked and alone may answer.</summary>
    public required byte[] RequesterToken { get; init; }

    /// <summary>Tokens of the surroundings at sign-up, learned once the contact is verified.</summary>
    public byte[]? Environment { get; init; }

    /// <summary>Of a change of contact: whether a trusted guard vouched for it when it was asked for; see <c>Security/Trust</c>.</summary>
    public bool IsCountersigned { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public int Attempts { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>The request that used it: the same one may run again while the code lives.</summary>
    public string? UsedByRequestId { get; set; }

    public string? SessionId { get; set; }
}
