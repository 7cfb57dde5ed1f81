using AuthService.Client.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace AuthService.Client.AspNetCore;

/// <summary>What an endpoint asks of a session, beyond being alive.</summary>
public static class SessionPolicyExtensions
{
    /// <summary>Asks for an assurance level: <c>aal2</c> for what a stolen password must not reach. Others are told to step up (RFC 9470).</summary>
    /// <remarks>A session that falls back to <c>aal1</c> after 24 hours keeps <c>aal2</c> here until its token expires: five minutes at most.</remarks>
    public static AuthorizationPolicyBuilder RequireAal(this AuthorizationPolicyBuilder policy, string level) =>
        policy.AddRequirements(new AalRequirement(level));

    /// <inheritdoc cref="RequireAal(AuthorizationPolicyBuilder, string)"/>
    public static TBuilder RequireAal<TBuilder>(this TBuilder endpoint, string level)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(policy => policy.OfSessions().RequireAal(level));

    /// <summary>Asks for a scope of the access token; others get 403.</summary>
    public static AuthorizationPolicyBuilder RequireSessionScope(this AuthorizationPolicyBuilder policy, string scope) =>
        policy.AddRequirements(new SessionScopeRequirement(scope));

    /// <inheritdoc cref="RequireSessionScope(AuthorizationPolicyBuilder, string)"/>
    public static TBuilder RequireSessionScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(policy => policy.OfSessions().RequireSessionScope(scope));

    private static AuthorizationPolicyBuilder OfSessions(this AuthorizationPolicyBuilder policy) =>
        policy.AddAuthenticationSchemes(AuthServiceSessionsDefaults.AuthenticationScheme).RequireAuthenticatedUser();
}
