namespace AuthService.Storage.Rows;

/// <summary>A challenge that was redeemed, kept until it would have expired.</summary>
public sealed class ConsumedChallengeRow
{
    public required byte[] Hash { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
