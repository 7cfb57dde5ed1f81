using AuthService.Client.AspNetCore.Tokens;
using AuthService.V1;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthService.Client.AspNetCore.Changes;

/// <summary>What the feed's changes say of a token.</summary>
internal enum Standing
{
    /// <summary>They do not say: AuthService has to be asked.</summary>
    Unknown = 0,
    Good = 1,
    Ended = 2,
}

/// <summary>The changes of sessions that AuthService told, and from when on it told all of them. Bounded.</summary>
/// <remarks>
/// All changes after <see cref="CoveredFrom"/> are here, or were until no token was left that they are about. So a token that was good
/// then or later, and that no change ended, is good; of one that was last known to be good before, the changes say nothing. Times of
/// AuthService's clock are compared with each other only, never with ours.
/// </remarks>
internal sealed class KnownChanges(IOptions<AuthServiceSessionsOptions> options, TimeProvider clock, ILogger<KnownChanges> log)
{
    /// <summary>
    /// AuthService's replicas know what the others did at most <see cref="Freshness.Longest"/> late, their clocks are a little apart, and
    /// a change bears the time at which its transaction began.
    /// </summary>
    private static readonly TimeSpan Margin = Freshness.Longest;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Ending> _endings = new(StringComparer.Ordinal);
    private readonly Queue<Ending> _order = new();
    private DateTimeOffset _begunAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _forgotUpTo = DateTimeOffset.MinValue;
    private Freshness _fresh;
    private long _sequence;

    /// <summary>What a new stream resumes from. 0: from now on.</summary>
    public long Sequence
    {
        get
        {
            lock (_lock)
                return _sequence;
        }
    }

    public bool IsFresh
    {
        get
        {
            lock (_lock)
                return _fresh.Holds(clock);
        }
    }

    /// <summary>Until when AuthService said that this is all; it may hold shorter.</summary>
    public DateTimeOffset FreshUntil
    {
        get
        {
            lock (_lock)
                return _fresh.Until;
        }
    }

    /// <summary>How many are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _order.Count;
        }
    }

    private DateTimeOffset CoveredFrom => _begunAt > _forgotUpTo ? _begunAt : _forgotUpTo;

    public Standing Judge(KnownToken token)
    {
        lock (_lock)
        {
            if (_endings.TryGetValue(token.SessionId, out var ending) && token.Generation < ending.TokensFrom)
                return Standing.Ended;
            return _fresh.Holds(clock) && token.KnownAt >= CoveredFrom ? Standing.Good : Standing.Unknown;
        }
    }

    /// <summary>Takes an answer of a stream that resumed from <see cref="Sequence"/>, or a later one.</summary>
    public void Take(WatchSessionsResponse answer)
    {
        var heard = clock.GetTimestamp();
        lock (_lock)
        {
            ForgetOld();
            foreach (var change in answer.Changes)
                Remember(change, heard);
            _sequence = answer.Sequence;

            // While there is more to come at once nothing is said of freshness; what was said before still holds.
            if (answer.FreshUntil is not null)
                _fresh = Freshness.Of(answer.FreshUntil, heard);
        }
    }

    /// <summary>Takes the first answer of a stream that began "from now on": of what was before, nothing is known.</summary>
    public void Begin(WatchSessionsResponse answer)
    {
        lock (_lock)
        {
            // Of what AuthService had seen up to now it says only that it is fresh, so up to ten seconds old: hence the margin, which
            // is in fresh_until already.
            _begunAt = answer.FreshUntil?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue;
        }

        Take(answer);
    }

    /// <summary>AuthService does not know our sequence: what comes next is a beginning.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            (_sequence, _fresh, _begunAt) = (0, default, DateTimeOffset.MaxValue);
        }
    }

    private void Remember(SessionChange change, long heard)
    {
        // A session that ended has ended for tokens of every generation. A kind that we do not know ends tokens too: that is what
        // changes are.
        var from = change.Kind == SessionChangeKind.TokensReplaced ? change.TokensFrom : int.MaxValue;
        if (_endings.TryGetValue(change.SessionId, out var before))
            from = Math.Max(from, before.TokensFrom);
        var ending = new Ending(change.SessionId, from, heard, change.ChangeTime.ToDateTimeOffset());
        _endings[change.SessionId] = ending;
        _order.Enqueue(ending);
        if (_order.Count > options.Value.ChangesRemembered)
            MakeRoom();
    }

    private void ForgetOld()
    {
        while (_order.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.Heard) > KnownToken.LongestLife)
            ForgetOldest();
    }

    /// <summary>A quarter at once: each time, all tokens from before have to be asked about.</summary>
    private void MakeRoom()
    {
        var forgotten = (_order.Count + 3) / 4;
        for (var count = 0; count < forgotten; count++)
        {
            var upTo = ForgetOldest().At + Margin;
            if (_forgotUpTo < upTo)
                _forgotUpTo = upTo;
        }

        log.ChangesForgotten(forgotten);
    }

    private Ending ForgetOldest()
    {
        var oldest = _order.Dequeue();
        if (ReferenceEquals(_endings[oldest.Session], oldest))
            _endings.Remove(oldest.Session);
        return oldest;
    }

    /// <param name="Session">Whose tokens are over.</param>
    /// <param name="TokensFrom">The lowest generation that is not.</param>
    /// <param name="Heard">Our clock's timestamp.</param>
    /// <param name="At">By AuthService's clock.</param>
    private sealed record Ending(string Session, int TokensFrom, long Heard, DateTimeOffset At);
}
