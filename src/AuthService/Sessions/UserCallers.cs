using AuthService.Hosting.Calls;
using AuthService.V1;

namespace AuthService.Sessions;

/// <summary>Knows people by their access tokens.</summary>
internal sealed class UserCallers(LiveTokens tokens) : ICallerSource
{
    public async ValueTask<Caller?> IdentifyAsync(string bearerToken, CancellationToken cancellationToken)
    {
        var standing = await tokens.FindAsync(bearerToken, cancellationToken);
        return standing is { Fault: InactiveReason.Unspecified, Token: { } token, State: { } state }
            ? new Caller.User(token.Account, token.Session, token.Device, token.KeyThumbprint, token.Scopes, state.FactorAt)
            : null;
    }
}
