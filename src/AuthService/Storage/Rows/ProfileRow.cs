namespace AuthService.Storage.Rows;

/// <summary>What an account has taught of its surroundings: tokens only, in the engine's format (<c>docs/ecv.md</c>).</summary>
public sealed class ProfileRow
{
    public required string AccountId { get; init; }
    public required byte[] Profile { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}
