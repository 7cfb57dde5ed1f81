using AuthService.Protocol;
using AuthService.SystemTests.Harness;
using AuthService.V1;

namespace AuthService.SystemTests.Attacks;

/// <summary>Refreshing is proof against races, and against forks (design §6).</summary>
public sealed class RefreshRaceTests
{
    [Fact]
    public async Task A_hundred_refreshes_of_one_token_at_once_give_one_successor_and_log_nobody_out()
    {
        using var data = new DataFolder();
        await using var service = await ServiceProcess.StartAsync(data);
        var person = Person.Number(1, "racer");
        var session = await person.SignUpAsync(service, data.Outbox());

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => RefreshAsync(service, person, session.RefreshToken)));

        answers.Select(answer => answer.RefreshToken).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldNotBe(session.RefreshToken);
        foreach (var answer in answers)
            (await IsActiveAsync(service, data, answer.AccessToken)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_that_comes_back_after_its_successor_was_used_ends_the_family()
    {
        using var data = new DataFolder();
        var outbox = data.Outbox();
        await using var service = await ServiceProcess.StartAsync(data);
        var person = Person.Number(2, "racer");
        var first = await person.SignUpAsync(service, outbox);
        var second = await RefreshAsync(service, person, first.RefreshToken);
        var third = await RefreshAsync(service, person, second.RefreshToken);

        var stolen = new RefreshSessionRequest { RefreshToken = first.RefreshToken };
        var reason = await Refusals.ReasonAsync(service.Sessions.RefreshSessionAsync(stolen, ServiceProcess.From("198.51.100.66")));

        reason.ShouldBe(ErrorReasons.SessionReused);
        (await IsActiveAsync(service, data, third.AccessToken)).ShouldBeFalse();
        (await Refusals.ReasonAsync(service.Sessions.RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = third.RefreshToken })))
            .ShouldBeOneOf(ErrorReasons.SessionReused, ErrorReasons.SessionRevoked);
        (await AuditTrail.ReadAsync(service, data, EventType.RefreshReused)).ShouldContain(@event => @event.SessionId == first.SessionId);
        await outbox.WaitForAsync(person.Email, "session_reused");
    }

    private static async Task<Session> RefreshAsync(ServiceProcess service, Person person, string refreshToken)
    {
        var request = new RefreshSessionRequest { RefreshToken = refreshToken };
        return (await service.Sessions.RefreshSessionAsync(request, ServiceProcess.From(person.Network))).Session;
    }

    private static async Task<bool> IsActiveAsync(ServiceProcess service, DataFolder data, string accessToken)
    {
        var request = new ValidateSessionRequest { AccessToken = accessToken };
        return (await service.Sessions.ValidateSessionAsync(request, ServiceProcess.Bearer(data.ServiceToken))).Active;
    }
}
