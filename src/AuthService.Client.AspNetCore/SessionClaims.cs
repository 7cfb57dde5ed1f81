using System.Security.Claims;

namespace AuthService.Client.AspNetCore;

/// <summary>The claims of a signed-in person, by the names that access tokens give them (RFC 9068), and how to read them.</summary>
public static class SessionClaims
{
    public const string AccountId = "sub";
    public const string SessionId = "sid";

    /// <summary>Only of a session that is bound to a device.</summary>
    public const string DeviceId = "device_id";

    /// <summary>One claim a method: RFC 8176.</summary>
    public const string Amr = "amr";

    /// <summary>The assurance level.</summary>
    public const string Aal = "acr";

    /// <summary>One claim a scope.</summary>
    public const string Scope = "scope";

    /// <summary>RFC 7638 thumbprint of the key that the session is bound to, which nobody proved here: see <see cref="KeyBoundTokens"/>.</summary>
    public const string KeyThumbprint = "cnf_jkt";

    /// <summary>Of the person signed in with a session, or null.</summary>
    public static string? AccountIdOfSession(this ClaimsPrincipal person) => SessionOf(person)?.FindFirst(AccountId)?.Value;

    /// <summary>Null without a session.</summary>
    public static string? IdOfSession(this ClaimsPrincipal person) => SessionOf(person)?.FindFirst(SessionId)?.Value;

    /// <summary>The identity that this library made; claims of other schemes prove nothing about a session.</summary>
    internal static ClaimsIdentity? SessionOf(ClaimsPrincipal person) => person.Identities.FirstOrDefault(
        identity => identity.IsAuthenticated && identity.AuthenticationType == AuthServiceSessionsDefaults.AuthenticationScheme);

    internal static ClaimsPrincipal PrincipalOf(ValidSession session)
    {
        List<Claim> claims = [new(AccountId, session.AccountId), new(SessionId, session.SessionId), new(Aal, session.Aal)];
        if (session.DeviceId.Length > 0)
            claims.Add(new Claim(DeviceId, session.DeviceId));
        if (session.KeyThumbprint.Length > 0)
            claims.Add(new Claim(KeyThumbprint, session.KeyThumbprint));
        claims.AddRange(session.Amr.Select(method => new Claim(Amr, method)));
        claims.AddRange(session.Scopes.Select(scope => new Claim(Scope, scope)));
        return new ClaimsPrincipal(new ClaimsIdentity(
            claims, AuthServiceSessionsDefaults.AuthenticationScheme, nameType: AccountId, roleType: ClaimsIdentity.DefaultRoleClaimType));
    }
}
