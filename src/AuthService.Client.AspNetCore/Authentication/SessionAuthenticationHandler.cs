using System.Text.Encodings.Web;
using AuthService.Client.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AuthService.Client.AspNetCore.Authentication;

/// <summary>
/// Signs a request in by its access token (RFC 6750 §2.1), and says by RFC 6750 §3 and RFC 9470 §3 what is missing. gRPC clients see
/// these statuses as UNAUTHENTICATED, PERMISSION_DENIED and UNAVAILABLE.
/// </summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, SessionValidator sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer";

    private SessionVerdict? _verdict;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request.Headers.Authorization) is not { } token)
            return AuthenticateResult.NoResult();

        _verdict = await sessions.ValidateAsync(token, Context.RequestAborted);
        return _verdict switch
        {
            SessionVerdict.Good good => AuthenticateResult.Success(
                new AuthenticationTicket(SessionClaims.PrincipalOf(good.Session), Scheme.Name)),
            SessionVerdict.Refused refused => AuthenticateResult.Fail(Describe(refused.Why)),
            SessionVerdict.Unavailable unavailable => AuthenticateResult.Fail(unavailable.Why),
            _ => throw new InvalidOperationException("There is no other verdict."),
        };
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Nobody may have asked yet: a policy may name several schemes.
        await HandleAuthenticateOnceSafeAsync();
        switch (_verdict)
        {
            case SessionVerdict.Unavailable:
                // The token may be good: whoever signs in again gains nothing.
                Response.Headers.RetryAfter = "1";
                Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            case SessionVerdict.Refused refused:
                Answer(StatusCodes.Status401Unauthorized, $"{Bearer} error=\"invalid_token\", error_description=\"{Describe(refused.Why)}\"");
                break;
            default:
                Answer(StatusCodes.Status401Unauthorized, Bearer);
                break;
        }
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        switch (Context.Features.Get<MissingFromSession>())
        {
            case { Aal: { } level }:
                Answer(
                    StatusCodes.Status401Unauthorized,
                    $"{Bearer} error=\"insufficient_user_authentication\", error_description=\"Another factor is needed.\", acr_values=\"{level}\"");
                break;
            case { Scope: { } scope }:
                Answer(StatusCodes.Status403Forbidden, $"{Bearer} error=\"insufficient_scope\", scope=\"{scope}\"");
                break;
            default:
                Response.StatusCode = StatusCodes.Status403Forbidden;
                break;
        }

        return Task.CompletedTask;
    }

    private void Answer(int status, string challenge)
    {
        Response.StatusCode = status;
        Response.Headers.Append("WWW-Authenticate", challenge);
    }

    /// <returns>Null if there is none, or more than one: two readers of a request must not see two callers.</returns>
    private static string? TokenOf(StringValues authorization) =>
        authorization.Count == 1 && authorization[0] is { } value && value.StartsWith($"{Bearer} ", StringComparison.OrdinalIgnoreCase)
            ? value[(Bearer.Length + 1)..].Trim()
            : null;

    private static string Describe(SessionRefusal why) => why switch
    {
        SessionRefusal.Expired => "The access token is expired.",
        SessionRefusal.Revoked => "The session has ended.",
        SessionRefusal.KeyBound => "The access token is bound to a device key, and is not taken here.",
        _ => "The access token is none of ours.",
    };
}
