using AuthService.SystemTests.Harness;
using AuthService.V1;

namespace AuthService.SystemTests.Faults;

/// <summary>Asks a service that was killed and started again for all that the one before it had acknowledged.</summary>
public sealed class Survey(ServiceProcess service, DataFolder data, OutboxFile outbox)
{
    /// <summary>Every account can be read by its owner, and logged in to from its remembered device.</summary>
    public Task AccountsAsync(IEnumerable<(Person Person, Session Session)> signedUp) => Task.WhenAll(signedUp.Select(async done =>
    {
        var asOwner = ServiceProcess.From(done.Person.Network, done.Session.AccessToken);
        var read = await service.Accounts.GetAccountAsync(new GetAccountRequest(), asOwner);
        read.Account.Email.ShouldBe(done.Person.Email);

        var login = await done.Person.LogInAsync(service, done.Session.DeviceToken);
        login.Session.ShouldNotBeNull(done.Person.Email);
        login.Session.AccountId.ShouldBe(done.Session.AccountId);
    }));

    public async Task SessionsAsync(IReadOnlyCollection<Session> sessions)
    {
        foreach (var session in sessions)
        {
            var request = new ValidateSessionRequest { AccessToken = session.AccessToken };
            var answer = await service.Sessions.ValidateSessionAsync(request, ServiceProcess.Bearer(data.ServiceToken));
            answer.Active.ShouldBeTrue($"{session.SessionId}: {answer.Reason}");
            answer.SessionId.ShouldBe(session.SessionId);
        }
    }

    /// <summary>Each sign-up and each login left its event, once.</summary>
    public async Task EventsAsync(AcknowledgedWork work)
    {
        var events = (await AuditTrail.ReadAsync(service, data)).ToLookup(@event => (@event.Type, Of(@event)));

        foreach (var (person, session) in work.SignedUp)
        {
            events[(EventType.AccountCreated, session.AccountId)].Count().ShouldBe(1, person.Email);
            events[(EventType.ContactVerified, session.SessionId)].Count().ShouldBe(1, person.Email);
        }

        foreach (var (person, session) in work.LoggedIn)
            events[(EventType.LoginSucceeded, session.SessionId)].Count().ShouldBe(1, person.Email);

        static string Of(AuditEvent @event) => @event.Type == EventType.AccountCreated ? @event.AccountId : @event.SessionId;
    }

    /// <summary>
    /// A sign-up that was only begun can be finished: its code was sent before the crash, or is now. One whose last answer the crash
    /// swallowed can be too: the request is repeated.
    /// </summary>
    public Task SignUpsBegunAsync(IReadOnlyDictionary<string, Person> begun) => Task.WhenAll(begun.Select(async one =>
    {
        var codes = await outbox.AllCodesAsync(one.Value.Email);
        codes.Distinct(StringComparer.Ordinal).Count().ShouldBe(1, "a message that is sent again carries the same code");
        var session = await one.Value.VerifyAsync(service, one.Key, codes[0]);
        session.AccountId.ShouldNotBeEmpty();
    }));
}
