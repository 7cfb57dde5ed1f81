using AuthService.Protocol;
using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>What a service wants to know of an access token.</summary>
/// <param name="RequiredRank">Of the assurance level that it has to have, or 0.</param>
internal readonly record struct TokenQuestion(string AccessToken, IReadOnlyList<string> RequiredScopes, int RequiredRank);

/// <summary>The answer.</summary>
/// <param name="Fault">Unspecified if the token is good, and is enough.</param>
/// <param name="Token">Null unless the token is good, even if it is not enough.</param>
/// <param name="State">Of its session; null like <paramref name="Token"/>.</param>
/// <param name="Level">Its assurance level now.</param>
/// <param name="FreshUntil">Until when the answer may be kept.</param>
internal readonly record struct TokenAnswer(
    InactiveReason Fault, AccessToken? Token, SessionState? State, string Level, DateTimeOffset FreshUntil);

/// <summary>Tells a service whether an access token is good, and enough, now.</summary>
internal sealed class ValidateSession(LiveTokens tokens, SessionMetrics metrics, TimeProvider clock)
{
    public async ValueTask<TokenAnswer> RunAsync(TokenQuestion question, CancellationToken cancellationToken)
    {
        // Before anything is looked up: the answer was true then at the latest.
        var now = clock.GetUtcNow();
        var standing = await tokens.FindAsync(question.AccessToken, cancellationToken);
        var answer = standing is { Token: { } token, State: { } state }
            ? Weigh(question, token, state, now, standing.FreshUntil)
            : new TokenAnswer(standing.Fault, null, null, "", default);
        metrics.Validated(answer.Fault);
        return answer;
    }

    private static TokenAnswer Weigh(
        TokenQuestion question, AccessToken token, SessionState state, DateTimeOffset now, DateTimeOffset known)
    {
        var level = Assurance.LevelAt(state.Aal2Until, now);
        var fault =
            !HasAll(token.Scopes, question.RequiredScopes) ? InactiveReason.ScopeMissing
            : AssuranceLevels.Rank(level) < question.RequiredRank ? InactiveReason.AalTooLow
            : InactiveReason.Unspecified;

        var freshUntil = Earlier(known, token.ExpiresAt);
        return new TokenAnswer(fault, token, state, level, state.Aal2Until > now ? Earlier(freshUntil, state.Aal2Until.Value) : freshUntil);
    }

    private static bool HasAll(IReadOnlyList<string> scopes, IReadOnlyList<string> required)
    {
        for (var at = 0; at < required.Count; at++)
        {
            if (!scopes.Contains(required[at], StringComparer.Ordinal))
                return false;
        }

        return true;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
