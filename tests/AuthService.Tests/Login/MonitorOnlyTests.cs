using AuthService.Protocol;
using AuthService.Tests.Risk;
using AuthService.V1;

namespace AuthService.Tests.Login;

public sealed class MonitorOnlyTests : IAsyncLifetime
{
    private const string Abroad = "203.0.113.7";

    private TestService _service = null!;
    private Person _person = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.StartAsync();
        _person = await Person.SignUpAsync(_service);
        await _service.ChangePolicyAsync(new RiskPolicy { MonitorOnly = true });
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Whoever_has_the_password_is_let_in_and_the_log_holds_what_would_have_been_decided()
    {
        var response = await _person.LoginFromAsync(Abroad, Surroundings.Abroad());

        response.Session.ShouldNotBeNull();
        var told = (await _service.EventsAsync(EventType.LoginSucceeded, _person.AccountId)).ShouldHaveSingleItem();
        told.Recorded.Decision.ShouldBe(Decision.StepUp);
        (told.Verdict.Decision, told.Verdict.MonitorOnly).ShouldBe((Decision.StepUp, true));
        told.Details["monitor_only"].ShouldBe("true");
    }

    [Fact]
    public async Task A_denial_is_not_acted_on_either()
    {
        await _service.ChangePolicyAsync(new RiskPolicy { DenyFrom = 500 });

        var response = await _person.LoginFromAsync(Abroad, Surroundings.Abroad());

        response.Session.ShouldNotBeNull();
        (await _service.EventsAsync(EventType.LoginSucceeded, _person.AccountId)).ShouldHaveSingleItem().Recorded.Decision.ShouldBe(Decision.Deny);
    }

    [Fact]
    public async Task A_wrong_password_is_still_wrong()
    {
        var refusal = await Refusals.OfAsync(() => _person.LoginFromAsync(Abroad, Surroundings.Abroad(), password: "wrong wrong wrong wrong"));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
    }

    [Fact]
    public async Task Who_gets_in_while_nobody_acts_teaches_nothing()
    {
        var before = await JudgeAsync();
        await _person.LoginFromAsync(Abroad, Surroundings.Abroad());

        var after = await JudgeAsync();

        after.ScoreMillibits.ShouldBe(before.ScoreMillibits);
        after.Evidence.ShouldBe(before.Evidence);
    }

    [Fact]
    public async Task What_would_have_been_allowed_teaches_as_ever()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);
        await person.LoginFromAsync(person.Home, deviceToken: person.Session.DeviceToken);

        var after = await JudgeAsync(person, Surroundings.AtHome(), person.Home);

        (await _service.EventsAsync(EventType.LoginSucceeded, person.AccountId)).ShouldHaveSingleItem().Recorded.Decision.ShouldBe(Decision.Allow);
        after.ScoreMillibits.ShouldBeLessThan((await JudgeAsync(_person, Surroundings.AtHome(), _person.Home)).ScoreMillibits);
    }

    [Fact]
    public async Task A_refresh_from_elsewhere_goes_on_and_says_so()
    {
        await _service.ChangePolicyAsync(new RiskPolicy { DenyFrom = 500, DeviceToken = 0 });

        var refreshed = await _service.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = _person.Session.RefreshToken, Environment = Surroundings.Abroad() }, TestService.From(Abroad));

        refreshed.Session.AccessToken.ShouldNotBeEmpty();
        var told = (await _service.EventsAsync(EventType.SessionRefreshed, _person.AccountId)).ShouldHaveSingleItem();
        told.Recorded.Decision.ShouldBe(Decision.Deny);
        told.Details["monitor_only"].ShouldBe("true");
    }

    [Fact]
    public async Task Enforcement_begins_with_the_policy_that_says_so()
    {
        await _person.LoginFromAsync(Abroad, Surroundings.Abroad());
        await _service.ChangePolicyAsync(new RiskPolicy { MonitorOnly = false });

        var response = await _person.LoginFromAsync(Abroad, Surroundings.Abroad());

        response.StepUp.ShouldNotBeNull();
    }

    private Task<RiskVerdict> JudgeAsync() => JudgeAsync(_person, Surroundings.Abroad(), Abroad);

    private async Task<RiskVerdict> JudgeAsync(Person person, EnvironmentSignals environment, string peer) => (await _service.Ecv.VerifyEcvAsync(
        new VerifyEcvRequest { AccountId = person.AccountId, Environment = environment, PeerAddress = peer }, _service.AsService)).Verdict;
}
