using AuthService.Protocol;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace AuthService.Client.AspNetCore.Authorization;

/// <summary>The session has to be at an assurance level, or above it.</summary>
public sealed class AalRequirement : IAuthorizationRequirement
{
    /// <param name="level"><c>aal1</c>, <c>aal2</c> or <c>aal3</c>.</param>
    /// <exception cref="ArgumentException">It is no level.</exception>
    public AalRequirement(string level)
    {
        if (AssuranceLevels.Rank(level) == 0)
            throw new ArgumentException("aal1, aal2 or aal3.", nameof(level));
        Level = level;
    }

    public string Level { get; }
}

/// <summary>The access token has to have a scope.</summary>
public sealed class SessionScopeRequirement : IAuthorizationRequirement
{
    /// <param name="scope">For instance <c>account</c>.</param>
    /// <exception cref="ArgumentException">It is none: RFC 6749 §3.3.</exception>
    public SessionScopeRequirement(string scope)
    {
        if (scope.Length == 0 || !scope.All(letter => letter is '!' or (>= '#' and <= '[') or (>= ']' and <= '~')))
            throw new ArgumentException("A scope's characters are printable ASCII, without space, quote and backslash.", nameof(scope));
        Scope = scope;
    }

    public string Scope { get; }
}

/// <summary>What a session that is good otherwise lacks, for the answer.</summary>
internal sealed record MissingFromSession(string? Aal, string? Scope)
{
    public static void Note(AuthorizationHandlerContext context, string? aal = null, string? scope = null)
    {
        if (context.Resource is HttpContext http)
        {
            var known = http.Features.Get<MissingFromSession>();
            http.Features.Set(new MissingFromSession(aal ?? known?.Aal, scope ?? known?.Scope));
        }
    }
}

internal sealed class AalHandler : AuthorizationHandler<AalRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AalRequirement requirement)
    {
        if (SessionClaims.SessionOf(context.User) is { } session)
        {
            if (AssuranceLevels.Rank(session.FindFirst(SessionClaims.Aal)?.Value) >= AssuranceLevels.Rank(requirement.Level))
                context.Succeed(requirement);
            else
                MissingFromSession.Note(context, aal: requirement.Level);
        }

        return Task.CompletedTask;
    }
}

internal sealed class SessionScopeHandler : AuthorizationHandler<SessionScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SessionScopeRequirement requirement)
    {
        if (SessionClaims.SessionOf(context.User) is { } session)
        {
            if (session.HasClaim(SessionClaims.Scope, requirement.Scope))
                context.Succeed(requirement);
            else
                MissingFromSession.Note(context, scope: requirement.Scope);
        }

        return Task.CompletedTask;
    }
}
