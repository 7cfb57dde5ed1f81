namespace AuthService.Storage.Rows;

/// <summary>What an account has taught of its surroundings: tokens only, in the engine's format (<c>docs/ecv.md</c>).</summary>
public sealed class ProfileRow
{
    public required string AccountId { get; init; }
    public required byte[] Profile { get; set; }

    /// <summary>Where its devices were in the last 48 hours, as coarse cells, sealed; null when that is unknown or older.</summary>
    public byte[]? WhereaboutsSealed { get; set; }

    /// <summary>From when on they must be gone.</summary>
    public DateTimeOffset? WhereaboutsUntil { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}
