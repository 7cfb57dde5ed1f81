using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.V1;

namespace AuthService.Tests.Sessions;

public sealed class RefreshSessionTests(SessionsFixture given) : IClassFixture<SessionsFixture>
{
    private TestService Service => given.Service;

    [Fact]
    public async Task A_refresh_gives_the_same_session_new_tokens()
    {
        var owner = await Owner.CreateAsync(Service);
        var first = await owner.SignInAsync();

        var second = await given.RefreshAsync(first.RefreshToken);

        second.SessionId.ShouldBe(first.SessionId);
        second.RefreshToken.ShouldNotBe(first.RefreshToken);
        (await given.ValidateAsync(second.AccessToken)).Active.ShouldBeTrue();
    }

    [Fact]
    public async Task An_access_token_outlives_the_refresh_that_replaces_it()
    {
        var owner = await Owner.CreateAsync(Service);
        var first = await owner.SignInAsync();

        await given.RefreshAsync(first.RefreshToken);

        (await given.ValidateAsync(first.AccessToken)).Active.ShouldBeTrue();
    }

    [Fact]
    public async Task A_hundred_refreshes_of_one_token_at_once_give_one_successor_and_log_nobody_out()
    {
        var owner = await Owner.CreateAsync(Service);
        var first = await owner.SignInAsync();

        var sessions = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => given.RefreshAsync(first.RefreshToken)));

        var successor = sessions.Select(session => session.RefreshToken).Distinct().ShouldHaveSingleItem();
        (await given.RefreshAsync(successor)).SessionId.ShouldBe(first.SessionId);
    }

    [Fact]
    public async Task A_token_presented_again_before_its_successor_was_used_gives_the_same_successor()
    {
        var owner = await Owner.CreateAsync(Service);
        var first = await owner.SignInAsync();
        var second = await given.RefreshAsync(first.RefreshToken);

        Service.Clock.Advance(TimeSpan.FromSeconds(30));

        (await given.RefreshAsync(first.RefreshToken)).RefreshToken.ShouldBe(second.RefreshToken);
    }

    [Fact]
    public async Task A_token_presented_again_too_late_is_refused_and_the_family_lives()
    {
        var owner = await Owner.CreateAsync(Service);
        var first = await owner.SignInAsync();
        var second = await given.RefreshAsync(first.RefreshToken);
        Service.Clock.Advance(TimeSpan.FromSeconds(31));

        var refusal = await given.RefusalOfAsync(first.RefreshToken);

        refusal.ShouldBe(ErrorReasons.SessionExpired);
        (await owner.EventsAsync()).ShouldContain(EventType.RefreshLate);
        (await given.RefreshAsync(second.RefreshToken)).SessionId.ShouldBe(first.SessionId);
    }

    [Fact]
    public async Task A_token_presented_after_its_successor_was_used_ends_the_family()
    {
        var owner = await Owner.CreateAsync(Service);
        var first = await owner.SignInAsync();
        var second = await given.RefreshAsync(first.RefreshToken);
        var third = await given.RefreshAsync(second.RefreshToken);

        var refusal = await given.RefusalOfAsync(first.RefreshToken);

        refusal.ShouldBe(ErrorReasons.SessionReused);
        (await given.ValidateAsync(third.AccessToken)).Reason.ShouldBe(InactiveReason.Revoked);
        (await given.RefusalOfAsync(third.RefreshToken)).ShouldBe(ErrorReasons.SessionRevoked);
    }

    [Fact]
    public async Task The_owner_learns_that_a_token_was_used_twice()
    {
        var owner = await Owner.CreateAsync(Service);
        var first = await owner.SignInAsync();
        var second = await given.RefreshAsync(first.RefreshToken);
        await given.RefreshAsync(second.RefreshToken);

        await given.RefusalOfAsync(first.RefreshToken);

        (await Service.Messages.NextToAsync(owner.Email)).Template.ShouldBe(MessageTemplate.SessionReused);
        (await owner.EventsAsync()).ShouldContain(EventType.RefreshReused);
    }

    [Theory]
    [InlineData(3)] // the version
    [InlineData(8)] // the key's id
    [InlineData(30)] // the account
    [InlineData(80)] // the session
    [InlineData(103)] // the generation
    [InlineData(120)] // the random part
    [InlineData(170)] // the MAC
    public async Task A_changed_token_is_unknown_and_changes_nothing(int at)
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        var before = await RowCounts.OfAsync(Service);
        var forged = session.RefreshToken.ToCharArray();
        forged[at] = forged[at] == 'A' ? 'B' : 'A';

        var refusal = await given.RefusalOfAsync(new string(forged));

        refusal.ShouldBe(ErrorReasons.SessionUnknown);
        RowCounts.Difference(before, await RowCounts.OfAsync(Service)).ShouldBeEmpty();
        (await given.RefreshAsync(session.RefreshToken)).SessionId.ShouldBe(session.SessionId);
    }

    [Theory]
    [InlineData("rt_")]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("rt_ÄÖÜ")]
    public async Task A_text_that_is_no_refresh_token_is_unknown(string text)
    {
        (await given.RefusalOfAsync(text)).ShouldBe(ErrorReasons.SessionUnknown);
    }

    [Fact]
    public async Task An_empty_token_is_a_malformed_call()
    {
        var refusal = await Refusals.OfAsync(() => given.RefreshAsync(""));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe(["refresh_token"]);
    }

    [Fact]
    public async Task Malformed_surroundings_are_named_and_leave_the_token_unused()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        var request = new RefreshSessionRequest
        {
            RefreshToken = session.RefreshToken,
            Environment = new EnvironmentSignals { Wifi = new WifiSignals { Bssid = "nonsense" } },
        };

        var refusal = await Refusals.OfAsync(Service.Sessions.RefreshSessionAsync(request));

        refusal.Fields().ShouldBe(["environment.wifi.bssid"]);
        (await owner.EventsAsync()).ShouldNotContain(EventType.SessionRefreshed);
    }

    [Fact]
    public async Task A_revoked_session_is_not_refreshed()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        await given.RevokeAsync(session);

        (await given.RefusalOfAsync(session.RefreshToken)).ShouldBe(ErrorReasons.SessionRevoked);
    }

    [Fact]
    public async Task A_session_ends_after_thirty_days_however_often_it_was_refreshed()
    {
        var owner = await Owner.CreateAsync(Service);
        var session = await owner.SignInAsync();
        for (var day = 0; day < 29; day++)
        {
            Service.Clock.Advance(TimeSpan.FromDays(1));
            session = await given.RefreshAsync(session.RefreshToken);
        }

        Service.Clock.Advance(TimeSpan.FromDays(1));

        (await given.RefusalOfAsync(session.RefreshToken)).ShouldBe(ErrorReasons.SessionExpired);
    }

    [Fact]
    public async Task Tokens_from_before_a_renewal_are_over_and_the_renewed_ones_are_not()
    {
        var owner = await Owner.CreateAsync(Service);
        var before = await owner.SignInAsync();

        var after = await owner.StepUpAsync(before, FactorKind.Totp);

        (await given.RefusalOfAsync(before.RefreshToken)).ShouldBe(ErrorReasons.SessionRevoked);
        (await given.ValidateAsync(before.AccessToken)).Reason.ShouldBe(InactiveReason.Revoked);
        (await given.ValidateAsync(after.AccessToken)).Active.ShouldBeTrue();
        (await given.RefreshAsync(after.RefreshToken)).SessionId.ShouldBe(before.SessionId);
    }

    [Fact]
    public async Task A_successor_that_was_on_its_way_during_a_renewal_is_over_too()
    {
        var owner = await Owner.CreateAsync(Service);
        var first = await owner.SignInAsync();
        var underWay = await given.RefreshAsync(first.RefreshToken);

        await owner.StepUpAsync(first, FactorKind.Totp);

        (await given.RefusalOfAsync(underWay.RefreshToken)).ShouldBe(ErrorReasons.SessionRevoked);
    }

    [Fact]
    public async Task A_login_that_is_sent_again_ends_the_session_that_it_opened_first()
    {
        var owner = await Owner.CreateAsync(Service);
        var first = await owner.SignInAsync(device: null, requestId: "login-1");

        var second = await owner.SignInAsync(device: null, requestId: "login-1");

        (await given.ValidateAsync(first.AccessToken)).Reason.ShouldBe(InactiveReason.Revoked);
        (await given.ValidateAsync(second.AccessToken)).Active.ShouldBeTrue();
    }
}
