namespace AuthService.Storage.Rows;

/// <summary>How a person can be reached. The number is what the database holds.</summary>
public enum ContactKind
{
    Email = 1,
    Phone = 2,
}

/// <summary>Finds the account of a verified contact by its keyed blind index; the contact itself is not in here.</summary>
public sealed class ContactRow
{
    public required byte[] BlindIndex { get; init; }
    public required string AccountId { get; init; }
    public ContactKind Kind { get; init; }

    /// <summary>The key of the blind index.</summary>
    public required string KeyId { get; init; }
}
