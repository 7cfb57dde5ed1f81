using AuthService.Client.AspNetCore.Changes;
using AuthService.Client.AspNetCore.Questions;
using AuthService.Client.AspNetCore.Tokens;
using Microsoft.Extensions.Options;

namespace AuthService.Client.AspNetCore;

/// <summary>
/// Tells whether access tokens are good now; what the authentication scheme asks. For tokens that come another way than in a header.
/// </summary>
/// <remarks>
/// Answers from memory while the feed of changes is fresh, asks AuthService when it is not, and lets nobody in whom nobody vouches for:
/// README.md. Safe to use from several threads at once.
/// </remarks>
public sealed class SessionValidator
{
    private readonly KnownTokens _tokens;
    private readonly KnownChanges _changes;
    private readonly SessionQuestions _questions;
    private readonly SessionsMetrics _metrics;
    private readonly bool _takesBound;
    private readonly TimeProvider _clock;

    internal SessionValidator(
        KnownTokens tokens,
        KnownChanges changes,
        SessionQuestions questions,
        SessionsMetrics metrics,
        IOptions<AuthServiceSessionsOptions> options,
        TimeProvider clock)
    {
        (_tokens, _changes, _questions, _metrics, _clock) = (tokens, changes, questions, metrics, clock);
        _takesBound = options.Value.KeyBoundTokens == KeyBoundTokens.AcceptAsBearer;
    }

    /// <param name="accessToken">As somebody sent it, without <c>Bearer</c>.</param>
    /// <param name="cancellationToken">Ends the wait, if AuthService has to be asked.</param>
    public async ValueTask<SessionVerdict> ValidateAsync(string accessToken, CancellationToken cancellationToken = default)
    {
        var verdict = await JudgeAsync(accessToken, cancellationToken);
        _metrics.Validated(verdict);
        return verdict;
    }

    private async ValueTask<SessionVerdict> JudgeAsync(string accessToken, CancellationToken cancellationToken)
    {
        // 1. AuthService's, for this service, signed with a key that is good now.
        var reading = await _tokens.FindAsync(accessToken, cancellationToken);
        if (reading.Fault == TokenFault.KeysUnavailable)
            return new SessionVerdict.Unavailable("The keys of access tokens cannot be read from AuthService.");
        if (reading.Token is not { } token)
            return new SessionVerdict.Refused(SessionRefusal.Invalid);

        // 2. In time.
        if (token.ExpiresAt <= _clock.GetUtcNow())
            return new SessionVerdict.Refused(SessionRefusal.Expired);

        // 3. Not one that takes a proof which nobody here can check.
        if (token.IsKeyBound && !_takesBound)
            return new SessionVerdict.Refused(SessionRefusal.KeyBound);

        // 4. Neither itself nor its session was ended.
        return token.IsRevoked ? new SessionVerdict.Refused(SessionRefusal.Revoked) : _changes.Judge(token) switch
        {
            Standing.Ended => new SessionVerdict.Refused(SessionRefusal.Revoked),
            Standing.Good => new SessionVerdict.Good(token.Session),
            _ => await AskAsync(token, accessToken, cancellationToken),
        };
    }

    private async ValueTask<SessionVerdict> AskAsync(KnownToken token, string accessToken, CancellationToken cancellationToken)
    {
        var verdict = await _questions.AskAsync(token, accessToken, cancellationToken);

        // The feed may have told of its end while the question was under way.
        return verdict is SessionVerdict.Good && _changes.Judge(token) == Standing.Ended
            ? new SessionVerdict.Refused(SessionRefusal.Revoked)
            : verdict;
    }
}
