namespace AuthService.Storage.Rows;

/// <summary>What a notice carries so that its reader can say "that was not me" without signing in.</summary>
public sealed class ReportTokenRow
{
    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    public required string AccountId { get; init; }

    /// <summary>Of the login that the notice told of, or null.</summary>
    public string? VerdictId { get; init; }

    /// <summary>When what the notice told of happened.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
