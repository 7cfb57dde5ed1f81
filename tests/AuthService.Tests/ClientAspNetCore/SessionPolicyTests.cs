using System.Security.Claims;
using AuthService.Client.AspNetCore;
using AuthService.Tests.Sessions;
using AuthService.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.ClientAspNetCore;

/// <summary>What endpoints ask of a session, and what is answered to those that lack it.</summary>
public sealed class SessionPolicyTests : AuthServiceWithServices
{
    [Fact]
    public async Task An_endpoint_for_aal2_tells_a_session_at_aal1_to_step_up()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var session = await SignInAsync(FactorKind.Password);

        var refused = await service.GetAsync("/payment", session.AccessToken);

        // RFC 9470 §3
        ((int)refused.StatusCode).ShouldBe(401);
        refused.Headers.WwwAuthenticate.ToString().ShouldBe(
            "Bearer error=\"insufficient_user_authentication\", error_description=\"Another factor is needed.\", acr_values=\"aal2\"");
        (await service.StatusAsync(session.AccessToken)).ShouldBe(200);
    }

    [Fact]
    public async Task It_lets_in_who_did_and_not_with_the_token_from_before()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var owner = await Owner.CreateAsync(Auth);
        var before = await owner.SignInAsync(FactorKind.Password);

        var after = await owner.StepUpAsync(before, FactorKind.Totp);

        ((int)(await service.GetAsync("/payment", after.AccessToken)).StatusCode).ShouldBe(200);
        (await service.RefusalOfAsync(before.AccessToken)).ShouldBe(401);
        (await service.StatusAsync(after.AccessToken)).ShouldBe(200);
    }

    [Fact]
    public async Task An_endpoint_for_a_scope_refuses_a_token_without_it()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var session = await SignInAsync();

        var refused = await service.GetAsync("/reports", session.AccessToken);

        // RFC 6750 §3.1
        ((int)refused.StatusCode).ShouldBe(403);
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"insufficient_scope\", scope=\"reports.read\"");
        ((int)(await service.GetAsync("/account", session.AccessToken)).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Claims_of_another_scheme_are_no_session()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var policy = new AuthorizationPolicyBuilder().RequireAal("aal2").RequireSessionScope("account").Build();
        Claim[] claims = [new("acr", "aal2"), new("scope", "account")];

        (await IsAllowedAsync("cookies")).ShouldBeFalse();
        (await IsAllowedAsync(AuthServiceSessionsDefaults.AuthenticationScheme)).ShouldBeTrue();

        async Task<bool> IsAllowedAsync(string scheme) => (await service.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(
            new ClaimsPrincipal(new ClaimsIdentity(claims, scheme)), null, policy)).Succeeded;
    }

    [Theory]
    [InlineData("aal4")]
    [InlineData("AAL2")]
    [InlineData("")]
    public void A_level_that_is_none_is_found_when_the_policy_is_made(string level) =>
        Should.Throw<ArgumentException>(() => new AuthorizationPolicyBuilder().RequireAal(level));

    [Fact]
    public async Task A_gRPC_service_is_protected_like_an_HTTP_service()
    {
        await using var service = await ProtectedService.StartAsync(Auth);
        var session = await SignInAsync();

        var answer = await service.Rpcs().ListSessionsAsync(new ListSessionsRequest(), TestService.Bearer(session.AccessToken));
        var nobody = await Refusals.OfAsync(service.Rpcs().ListSessionsAsync(new ListSessionsRequest()));
        service.Cable.Cut("WatchSessions", "ValidateSession", "ListSigningKeys");
        Auth.Clock.Advance(TimeSpan.FromSeconds(11));
        var unknown = await Refusals.OfAsync(service.Rpcs().ListSessionsAsync(new ListSessionsRequest(), TestService.Bearer(session.AccessToken)));

        answer.NextPageToken.ShouldBe(session.AccountId);
        (nobody.StatusCode, unknown.StatusCode).ShouldBe((StatusCode.Unauthenticated, StatusCode.Unavailable));
    }
}
