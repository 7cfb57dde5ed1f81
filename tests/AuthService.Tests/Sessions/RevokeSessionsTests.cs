using AuthService.Protocol;
using AuthService.V1;

namespace AuthService.Tests.Sessions;

public sealed class RevokeSessionsTests(SessionsFixture given) : IClassFixture<SessionsFixture>
{
    private TestService Service => given.Service;

    [Fact]
    public async Task The_owner_ends_another_of_his_sessions()
    {
        var owner = await Owner.CreateAsync(Service);
        var (here, there) = (await owner.SignInAsync(), await owner.SignInAsync());

        await Service.Sessions.RevokeSessionAsync(
            new RevokeSessionRequest { SessionId = there.SessionId }, TestService.Bearer(here.AccessToken));

        (await given.ValidateAsync(there.AccessToken)).Reason.ShouldBe(InactiveReason.Revoked);
        (await given.ValidateAsync(here.AccessToken)).Active.ShouldBeTrue();
    }

    [Fact]
    public async Task An_ended_session_makes_no_more_calls()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        await given.RevokeAsync(session);

        var refusal = await Refusals.OfAsync(() => given.RevokeAsync(session));

        refusal.Reason().ShouldBe(ErrorReasons.CredentialRequired);
    }

    [Fact]
    public async Task Somebody_elses_session_is_not_found_and_lives_on()
    {
        var (owner, stranger) = (await Owner.CreateAsync(Service), await Owner.CreateAsync(Service));
        var (session, theirs) = (await owner.SignInAsync(), await stranger.SignInAsync());

        var refusal = await Refusals.OfAsync(Service.Sessions.RevokeSessionAsync(
            new RevokeSessionRequest { SessionId = session.SessionId }, TestService.Bearer(theirs.AccessToken)));

        refusal.Reason().ShouldBe(ErrorReasons.NotFound);
        (await given.ValidateAsync(session.AccessToken)).Active.ShouldBeTrue();
    }

    [Fact]
    public async Task A_request_that_is_sent_again_is_answered_again()
    {
        var owner = await Owner.CreateAsync(Service);
        var (here, there) = (await owner.SignInAsync(), await owner.SignInAsync());
        var request = new RevokeSessionRequest { RequestId = "revoke-1", SessionId = there.SessionId };

        await Service.Sessions.RevokeSessionAsync(request, TestService.Bearer(here.AccessToken));
        await Service.Sessions.RevokeSessionAsync(request, TestService.Bearer(here.AccessToken));

        (await owner.EventsAsync()).Count(type => type == EventType.SessionRevoked).ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_ended_already_is_not_found()
    {
        var owner = await Owner.CreateAsync(Service);
        var (here, there) = (await owner.SignInAsync(), await owner.SignInAsync());
        await given.RevokeAsync(there);

        var refusal = await Refusals.OfAsync(Service.Sessions.RevokeSessionAsync(
            new RevokeSessionRequest { RequestId = "revoke-2", SessionId = there.SessionId }, TestService.Bearer(here.AccessToken)));

        refusal.Reason().ShouldBe(ErrorReasons.NotFound);
    }

    [Fact]
    public async Task An_operator_ends_anybodys_session()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();

        await Service.Sessions.RevokeSessionAsync(new RevokeSessionRequest { SessionId = session.SessionId }, Service.AsAdmin);

        (await given.ValidateAsync(session.AccessToken)).Reason.ShouldBe(InactiveReason.Revoked);
    }

    [Fact]
    public async Task All_sessions_end_but_the_one_that_asks()
    {
        var owner = await Owner.CreateAsync(Service);
        var (here, there) = (await owner.SignInAsync(), await owner.SignInAsync());
        await owner.SignInAsync();

        var answer = await Service.Sessions.RevokeAllSessionsAsync(
            new RevokeAllSessionsRequest { ExceptCurrent = true }, TestService.Bearer(here.AccessToken));

        answer.SessionsEnded.ShouldBe(2);
        (await given.ValidateAsync(here.AccessToken)).Active.ShouldBeTrue();
        (await given.ValidateAsync(there.AccessToken)).Reason.ShouldBe(InactiveReason.Revoked);
    }

    [Fact]
    public async Task An_operator_ends_all_sessions_of_an_account()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();

        var answer = await Service.Sessions.RevokeAllSessionsAsync(
            new RevokeAllSessionsRequest { AccountId = owner.Account.Value }, Service.AsAdmin);

        answer.SessionsEnded.ShouldBe(1);
        (await given.ValidateAsync(session.AccessToken)).Reason.ShouldBe(InactiveReason.Revoked);
    }

    [Fact]
    public async Task A_user_cannot_name_another_account()
    {
        var (owner, stranger) = (await Owner.CreateAsync(Service), await Owner.CreateAsync(Service));
        var session = await owner.SignInAsync();

        var refusal = await Refusals.OfAsync(Service.Sessions.RevokeAllSessionsAsync(
            new RevokeAllSessionsRequest { AccountId = stranger.Account.Value }, TestService.Bearer(session.AccessToken)));

        refusal.Fields().ShouldBe(["account_id"]);
    }

    [Theory]
    [InlineData("", ErrorReasons.InvalidField)]
    [InlineData("acc_de_00000000000000000000000000", ErrorReasons.InvalidField)]
    [InlineData("ses_fr_00000000000000000000000000", ErrorReasons.WrongRegion)]
    [InlineData("ses_de_00000000000000000000000000", ErrorReasons.NotFound)]
    public async Task A_session_that_is_none_is_refused(string id, string reason)
    {
        var refusal = await Refusals.OfAsync(
            Service.Sessions.RevokeSessionAsync(new RevokeSessionRequest { SessionId = id }, Service.AsAdmin));

        refusal.Reason().ShouldBe(reason);
    }
}
