namespace AuthService.Storage.Rows;

/// <summary>A version of the risk policy. Never changed, never deleted: verdicts are judged again by the one they were reached by.</summary>
public sealed class RiskPolicyRow
{
    /// <summary>Counted up. The built-in policy is 1, and has no row.</summary>
    public int Version { get; init; }

    /// <summary>The whole policy, a serialized <c>authservice.v1.RiskPolicy</c>.</summary>
    public required byte[] Policy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id of the credential that put it in force.</summary>
    public required string Author { get; init; }

    /// <summary>The author's words.</summary>
    public required string Reason { get; init; }
}
