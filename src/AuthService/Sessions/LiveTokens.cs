using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>What came of looking at an access token: it with its session's state, or why it is not good.</summary>
/// <param name="Fault">Unspecified if it is good.</param>
/// <param name="FreshUntil">Until when what was looked at is good for, of the time before it was looked at.</param>
internal readonly record struct TokenStanding(InactiveReason Fault, AccessToken? Token, SessionState? State, DateTimeOffset FreshUntil)
{
    public static TokenStanding Of(InactiveReason fault) => new(fault, null, null, default);
}

/// <summary>Tells whether access tokens are good now. Once a token and its session are known it asks no database.</summary>
internal sealed class LiveTokens(VerifiedTokens tokens, SessionStates states, SessionFeed feed, TimeProvider clock)
{
    public async ValueTask<TokenStanding> FindAsync(string text, CancellationToken cancellationToken)
    {
        // 1. one of ours
        if (await tokens.VerifyAsync(text) is not { } token)
            return TokenStanding.Of(InactiveReason.Invalid);

        // 2. in time
        if (token.ExpiresAt <= clock.GetUtcNow())
            return TokenStanding.Of(InactiveReason.Expired);

        // 3. neither its session nor itself was ended, by this replica or another
        await feed.CatchUpAsync(cancellationToken);
        var freshUntil = feed.FreshUntil;
        var state = await states.FindAsync(token.Session, cancellationToken);

        // Another replica exchanged it since: that makes no token bad, so nobody was told.
        if (state is not null && token.Generation > state.Newest)
            state = await states.ReadAsync(token.Session, cancellationToken);
        if (state is null || state.EndedAt is not null || token.Generation < state.TokensFrom)
            return TokenStanding.Of(InactiveReason.Revoked);

        return new TokenStanding(InactiveReason.Unspecified, token, state, freshUntil);
    }
}
