namespace AuthService.Storage.Rows;

/// <summary>
/// Consecutive failures against one target: an account as strangers try it, an account as one known device tries it, or an
/// identifier that has no account. All three look alike in here.
/// </summary>
public sealed class AttemptRow
{
    /// <summary>Keyed hash of the target.</summary>
    public required byte[] Target { get; init; }

    public int Failures { get; set; }
    public DateTimeOffset LastAt { get; set; }
}
