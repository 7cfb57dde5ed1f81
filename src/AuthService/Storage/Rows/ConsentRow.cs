namespace AuthService.Storage.Rows;

/// <summary>That a person agreed to a purpose, for the account or for one device of it, and until when.</summary>
public sealed class ConsentRow
{
    public required string AccountId { get; init; }

    /// <summary>The number of the <c>ConsentPurpose</c>.</summary>
    public int Purpose { get; init; }

    /// <summary>The bound device that it is about, or empty for the whole account.</summary>
    public required string DeviceId { get; init; }

    public DateTimeOffset GrantedAt { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public required string PolicyVersion { get; set; }
}
