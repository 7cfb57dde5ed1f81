using AuthService.SystemTests.Harness;
using AuthService.V1;
using Xunit.Abstractions;

namespace AuthService.SystemTests.Faults;

/// <summary>An acknowledged write survives <c>kill -9</c>.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int SignUps = 100;
    private const int Logins = 100;

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill_in_the_middle_of_200_sign_ups_and_logins()
    {
        var killAfter = KillAfter();
        output.WriteLine($"Killed after {killAfter} answers; again with AUTHSERVICE_KILL_AFTER={killAfter}");
        using var data = new DataFolder();
        var outbox = data.Outbox();
        var work = new AcknowledgedWork(killAfter);

        // 1. all at once, and killed in the middle
        await using (var service = await ServiceProcess.StartAsync(data))
        {
            var regulars = await RegularsAsync(service, outbox);
            var crowd = new Crowd(service, outbox, work);
            var people = Enumerable.Range(0, SignUps).Select(_ => crowd.SignUpAsync())
                .Concat(regulars.Select(regular => crowd.LogInAsync(regular.Person, regular.Session.DeviceToken))).ToList();
            await await Task.WhenAny([work.Enough, .. people]);
            var inFlight = work.InFlight;
            (await service.KillAsync()).ShouldBe(ServiceProcess.KilledExitCode);
            await Task.WhenAll(people);

            output.WriteLine($"{inFlight} calls were in flight. Acknowledged: {work.SignedUp.Count} sign-ups, "
                + $"{work.SignUpsBegun.Count} begun, {work.LoggedIn.Count} logins.");
            inFlight.ShouldBeGreaterThan(20, "the kill hit a service that had hardly anything to do");
            work.SignedUp.ShouldNotBeEmpty();
            work.LoggedIn.ShouldNotBeEmpty();
        }

        // 2. the files as the crash left them
        foreach (var database in data.Databases)
            SqliteFile.Check(database).ShouldBe("ok", database);

        // 3. all that was acknowledged, of the next process on the same data
        await using (var service = await ServiceProcess.StartAsync(data))
        {
            var survey = new Survey(service, data, outbox);
            await survey.AccountsAsync(work.SignedUp);
            await survey.SessionsAsync([.. work.SignedUp.Concat(work.LoggedIn).Select(done => done.Session)]);
            await survey.EventsAsync(work);
            await survey.SignUpsBegunAsync(work.SignUpsBegun);
            (await service.StopAsync()).ShouldBe(0, service.Log);
        }

        foreach (var database in data.Databases)
            SqliteFile.Check(database).ShouldBe("ok", database);
    }

    private static int KillAfter() => int.TryParse(Environment.GetEnvironmentVariable("AUTHSERVICE_KILL_AFTER"), out var asked)
        ? asked
        : System.Security.Cryptography.RandomNumberGenerator.GetInt32(150, 400);

    /// <summary>People who have an account and a remembered device when the crowd comes.</summary>
    private static async Task<(Person Person, Session Session)[]> RegularsAsync(ServiceProcess service, OutboxFile outbox) =>
        await Task.WhenAll(Enumerable.Range(0, Logins).Select(async number =>
        {
            var person = Person.Number(number, "regular");
            return (person, await person.SignUpAsync(service, outbox));
        }));
}
