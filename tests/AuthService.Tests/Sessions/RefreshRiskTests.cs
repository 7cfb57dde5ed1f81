using AuthService.Protocol;
using AuthService.V1;

namespace AuthService.Tests.Sessions;

/// <summary>A refresh that brings its surroundings is judged by them.</summary>
public sealed class RefreshRiskTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task From_surroundings_that_are_not_the_owners_it_is_refused_and_the_token_stays_good()
    {
        var person = await Person.SignUpAsync(_service);

        var abroad = await Refusals.OfAsync(() => RefreshAsync(person, Surroundings.Abroad(), "203.0.113.7"));
        var atHome = await RefreshAsync(person, Surroundings.AtHome(), person.Home);

        abroad.Reason().ShouldBe(ErrorReasons.SessionStepUpRequired);
        atHome.SessionId.ShouldBe(person.Session.SessionId);
        var events = (await _service.Audit.ListEventsAsync(new ListEventsRequest { AccountId = person.AccountId }, _service.AsAdmin)).Events;
        events[0].Type.ShouldBe(EventType.SessionRefreshed);
        (events[1].Type, events[1].Reason).ShouldBe((EventType.AccessDenied, ErrorReasons.SessionStepUpRequired));
        events[1].Verdict.Decision.ShouldBe(Decision.StepUp);
    }

    [Fact]
    public async Task Who_was_refused_and_leaves_the_surroundings_out_is_refused_still_there_for_half_an_hour()
    {
        var person = await Person.SignUpAsync(_service);
        await Refusals.OfAsync(() => RefreshAsync(person, Surroundings.Abroad(), "203.0.113.7"));

        var without = await Refusals.OfAsync(() => RefreshAsync(person, null, "203.0.113.7"));
        var verdict = await _service.Ecv.VerifyEcvAsync(
            new VerifyEcvRequest { AccountId = person.AccountId, Environment = new EnvironmentSignals(), PeerAddress = "203.0.113.7" }, _service.AsService);
        person.Take(await RefreshAsync(person, null, person.Home));
        _service.Clock.Advance(TimeSpan.FromMinutes(31));
        var later = await RefreshAsync(person, null, "203.0.113.7");

        without.Reason().ShouldBe(ErrorReasons.SessionStepUpRequired);
        verdict.Verdict.Evidence.ShouldContain(line => line.Code == EvidenceCode.Remembered);
        later.SessionId.ShouldBe(person.Session.SessionId);
    }

    [Fact]
    public async Task A_step_up_shows_that_it_was_the_owner_and_the_session_refreshes_as_before()
    {
        var person = await Person.SignUpAsync(_service);
        await Refusals.OfAsync(() => RefreshAsync(person, Surroundings.Abroad(), "203.0.113.7"));
        var abroad = TestService.From("203.0.113.7", TestService.Bearer(person.Session.AccessToken));

        var stepUp = (await _service.Logins.StartStepUpAsync(new StartStepUpRequest(), abroad)).StepUp;
        person.Take(await person.CompleteAsync(stepUp, "203.0.113.7"));

        (await RefreshAsync(person, null, "203.0.113.7")).SessionId.ShouldBe(person.Session.SessionId);
    }

    private async Task<Session> RefreshAsync(Person person, EnvironmentSignals? environment, string from) => (await _service.Sessions.RefreshSessionAsync(
        new RefreshSessionRequest { RefreshToken = person.Session.RefreshToken, Environment = environment }, TestService.From(from))).Session;
}
