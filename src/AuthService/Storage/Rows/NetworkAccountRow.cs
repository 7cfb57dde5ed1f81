namespace AuthService.Storage.Rows;

/// <summary>That an account was signed in from a /24 or /48. Both are keyed tokens; counted up to 20 accounts a network.</summary>
public sealed class NetworkAccountRow
{
    public required byte[] Network { get; init; }
    public required byte[] Account { get; init; }
    public DateTimeOffset LastSeenAt { get; set; }
}
