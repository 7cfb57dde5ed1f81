namespace AuthService.Security.Keys;

/// <summary>The wrapped keys of one account.</summary>
public sealed class AccountKeyRow
{
    public required string AccountId { get; init; }

    /// <summary>The key-encryption key that wraps them.</summary>
    public required string KekId { get; set; }

    /// <summary>ECV key and data key, together in one box (<see cref="Aead"/>); account and <see cref="KekId"/> are its associated data.</summary>
    public required byte[] Wrapped { get; set; }
}
