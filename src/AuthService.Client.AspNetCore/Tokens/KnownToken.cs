namespace AuthService.Client.AspNetCore.Tokens;

/// <summary>A token whose signature was verified, and what AuthService said of it since.</summary>
internal sealed class KnownToken
{
    /// <summary>
    /// AuthService's live five minutes. A change is remembered as long as this, so it reaches every token that it ends, also if our clock
    /// is five minutes behind. A token that lives longer is always asked about.
    /// </summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    private readonly ValidSession _claimed;
    private readonly DateTimeOffset _issuedAt;
    private volatile Answer? _answer;
    private volatile bool _isRevoked;

    /// <param name="claimed">What it says of itself.</param>
    /// <param name="keyId">Whose signature it has.</param>
    /// <param name="generation">Claim <c>gen</c>.</param>
    /// <param name="issuedAt">Claim <c>iat</c>.</param>
    public KnownToken(ValidSession claimed, string keyId, int generation, DateTimeOffset issuedAt)
    {
        (_claimed, KeyId, Generation) = (claimed, keyId, generation);
        _issuedAt = claimed.ExpiresAt - issuedAt > LongestLife ? DateTimeOffset.MinValue : issuedAt;
    }

    public string KeyId { get; }

    public int Generation { get; }

    public string SessionId => _claimed.SessionId;

    public DateTimeOffset ExpiresAt => _claimed.ExpiresAt;

    public bool IsKeyBound => _claimed.KeyThumbprint.Length > 0;

    /// <summary>Whether AuthService said that it ended; that does not change.</summary>
    public bool IsRevoked => _isRevoked;

    /// <summary>As AuthService last said; else as the token does.</summary>
    public ValidSession Session => _answer?.Session ?? _claimed;

    /// <summary>
    /// When, by AuthService's clock, it was good: issued then, or known to be good. <see cref="DateTimeOffset.MinValue"/>: the feed does not
    /// reach back far enough for it.
    /// </summary>
    public DateTimeOffset KnownAt => _issuedAt == DateTimeOffset.MinValue || _answer is not { } answer || answer.KnownAt < _issuedAt
        ? _issuedAt
        : answer.KnownAt;

    /// <summary>The last answer, if it still holds.</summary>
    public ValidSession? Answered(TimeProvider clock) => _answer is { } answer && answer.Fresh.Holds(clock) ? answer.Session : null;

    public void Take(Answer answer) => _answer = answer;

    public void Revoke() => _isRevoked = true;
}

/// <summary>AuthService said that a token is good.</summary>
/// <param name="Session">Whose.</param>
/// <param name="Fresh">How long the answer may be kept.</param>
/// <param name="KnownAt">How old the knowledge may be that it came from.</param>
internal sealed record Answer(ValidSession Session, Freshness Fresh, DateTimeOffset KnownAt);
