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

    private async Task<Session> RefreshAsync(Person person, EnvironmentSignals environment, string from) => (await _service.Sessions.RefreshSessionAsync(
        new RefreshSessionRequest { RefreshToken = person.Session.RefreshToken, Environment = environment }, TestService.From(from))).Session;
}
