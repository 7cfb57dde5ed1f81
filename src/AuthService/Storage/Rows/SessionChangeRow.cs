namespace AuthService.Storage.Rows;

/// <summary>What changed of a session.</summary>
public enum SessionEffect
{
    /// <summary>It ended: none of its tokens is good any more.</summary>
    Ended = 1,

    /// <summary>It got new tokens at once: those of generations before <see cref="SessionChangeRow.TokensFrom"/> are not good any more.</summary>
    TokensReplaced = 2,
}

/// <summary>
/// A change that makes access tokens bad before they expire. Every replica and every watcher reads them in the order of their numbers,
/// which is the order of the commits (see <see cref="Work.AddLast"/>). Kept for as long as an access token could live, and longer.
/// </summary>
public sealed class SessionChangeRow
{
    /// <summary>The database counts it up. Whoever has read up to one has missed none before it.</summary>
    public long Sequence { get; init; }

    public required string SessionId { get; init; }
    public required string AccountId { get; init; }
    public SessionEffect Kind { get; init; }
    public int TokensFrom { get; init; }
    public DateTimeOffset At { get; init; }
}
