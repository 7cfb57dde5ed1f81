using AuthService.Protocol;
using AuthService.V1;

namespace AuthService.Tests.Sessions;

public sealed class KeyBoundSessionTests(SessionsFixture given) : IClassFixture<SessionsFixture>
{
    private TestService Service => given.Service;

    [Fact]
    public async Task It_is_not_refreshed_without_a_proof()
    {
        var (_, device, session) = await SignInAsync();

        (await given.RefusalOfAsync(session.RefreshToken)).ShouldBe(ErrorReasons.ProofRequired);
        (await RefreshAsync(device, session.RefreshToken)).SessionId.ShouldBe(session.SessionId);
    }

    [Fact]
    public async Task It_is_not_refreshed_with_the_proof_of_another_device_of_the_account()
    {
        var (owner, _, session) = await SignInAsync();
        var other = await owner.BindDeviceAsync();

        var refusal = await Refusals.OfAsync(() => RefreshAsync(other, session.RefreshToken));

        refusal.Reason().ShouldBe(ErrorReasons.ProofRequired);
    }

    [Fact]
    public async Task A_stolen_old_token_does_it_no_harm()
    {
        var (_, device, first) = await SignInAsync();
        var second = await RefreshAsync(device, first.RefreshToken);
        var third = await RefreshAsync(device, second.RefreshToken);

        await given.RefusalOfAsync(first.RefreshToken);

        (await RefreshAsync(device, third.RefreshToken)).SessionId.ShouldBe(first.SessionId);
    }

    [Fact]
    public async Task Its_device_gets_a_successor_that_was_lost_even_days_later()
    {
        var (_, device, first) = await SignInAsync();
        var second = await RefreshAsync(device, first.RefreshToken);

        Service.Clock.Advance(TimeSpan.FromDays(3));

        (await RefreshAsync(device, first.RefreshToken)).RefreshToken.ShouldBe(second.RefreshToken);
    }

    [Fact]
    public async Task It_ends_when_even_its_device_uses_a_token_twice()
    {
        var (_, device, first) = await SignInAsync();
        var second = await RefreshAsync(device, first.RefreshToken);
        await RefreshAsync(device, second.RefreshToken);

        var refusal = await Refusals.OfAsync(() => RefreshAsync(device, first.RefreshToken));

        refusal.Reason().ShouldBe(ErrorReasons.SessionReused);
    }

    [Fact]
    public async Task Validation_names_the_device_and_the_key_that_a_service_has_to_ask_for()
    {
        var (_, device, session) = await SignInAsync();

        var answer = await given.ValidateAsync(session.AccessToken);

        answer.DeviceId.ShouldBe(device.Row.Id);
        answer.KeyThumbprint.ShouldBe(device.Row.KeyThumbprint);
    }

    [Fact]
    public async Task Its_access_token_alone_makes_no_calls()
    {
        var (_, _, session) = await SignInAsync();

        var refusal = await Refusals.OfAsync(
            Service.Sessions.ListSessionsAsync(new ListSessionsRequest(), TestService.Bearer(session.AccessToken)));

        refusal.Reason().ShouldBe(ErrorReasons.ProofRequired);
    }

    [Fact]
    public async Task Its_access_token_with_a_proof_does()
    {
        var (_, device, session) = await SignInAsync();
        var request = new ListSessionsRequest { PageSize = 7 };

        var answer = await Service.Sessions.ListSessionsAsync(
            request, await device.ProveAsync("ListSessions", request, session.AccessToken));

        answer.Sessions.ShouldHaveSingleItem().Current.ShouldBeTrue();
    }

    private async Task<(Owner Owner, BoundDevice Device, Session Session)> SignInAsync()
    {
        var owner = await Owner.CreateAsync(Service);
        var device = await owner.BindDeviceAsync();
        return (owner, device, await owner.SignInAsync(device, "", FactorKind.Password, FactorKind.DeviceKey));
    }

    private async Task<Session> RefreshAsync(BoundDevice device, string refreshToken)
    {
        var request = new RefreshSessionRequest { RefreshToken = refreshToken };
        return (await Service.Sessions.RefreshSessionAsync(request, await device.ProveAsync("RefreshSession", request))).Session;
    }
}
