using AuthService.Protocol;
using AuthService.Storage;
using AuthService.V1;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Stores.Copy;

/// <summary>docs/operations.md, "Growing from SQLite to PostgreSQL": nobody notices.</summary>
public sealed class GrowingTests(CopyFixture given) : IClassFixture<CopyFixture>
{
    [Fact]
    public async Task Who_signed_up_on_SQLite_signs_in_and_refreshes_on_PostgreSQL()
    {
        using var deployment = await given.NewDeploymentAsync();
        var (person, before) = await SignUpAsync(deployment);

        var copied = await deployment.CopyAsync();
        await using var grown = await deployment.StartGrownAsync();
        var refreshed = await grown.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = person.Session.RefreshToken, Environment = Surroundings.AtHome() }, TestService.From(person.Home));
        var login = await grown.Logins.LoginAsync(person.Login(deviceToken: person.Session.DeviceToken), TestService.From(person.Home));
        var after = await EventsAsync(grown, person);

        copied.ExitCode.ShouldBe(0, copied.Error);
        refreshed.Session.SessionId.ShouldBe(person.Session.SessionId);
        login.Session.ShouldNotBeNull();
        login.Session.AccountId.ShouldBe(person.AccountId);
        after.TakeLast(before.Count).ShouldBe(before);
        after.Count.ShouldBeGreaterThan(before.Count);
    }

    [Fact]
    public async Task Events_are_numbered_on_after_the_last_one_that_ever_was()
    {
        using var deployment = await given.NewDeploymentAsync();
        var (person, _) = await SignUpAsync(deployment);
        var last = await ForgetNewestEventAsync(deployment);

        await deployment.CopyAsync();
        await using var grown = await deployment.StartGrownAsync();
        await grown.Logins.LoginAsync(person.Login(deviceToken: person.Session.DeviceToken), TestService.From(person.Home));
        var next = await grown.Services.GetRequiredService<Database>().ReadAsync(
            rows => rows.AuditEvents.Where(row => row.Sequence >= last).MinAsync(row => row.Sequence), CancellationToken.None);

        next.ShouldBe(last + 1);
    }

    [Fact]
    public async Task Changes_of_sessions_are_numbered_on_too()
    {
        using var deployment = await given.NewDeploymentAsync();
        var (person, _) = await SignUpAsync(deployment, async (service, owner) =>
            await service.Sessions.RevokeSessionAsync(new RevokeSessionRequest { SessionId = owner.Session.SessionId }, owner.AsSelf));

        await deployment.CopyAsync();
        await using var grown = await deployment.StartGrownAsync();
        var second = await grown.Logins.LoginAsync(person.Login(deviceToken: person.Session.DeviceToken), TestService.From(person.Home));
        await grown.Sessions.RevokeSessionAsync(
            new RevokeSessionRequest { SessionId = second.Session.SessionId }, TestService.From(person.Home, TestService.Bearer(second.Session.AccessToken)));
        var numbers = await grown.Services.GetRequiredService<Database>().ReadAsync(
            rows => rows.SessionChanges.OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync(), CancellationToken.None);

        numbers.Count.ShouldBe(2);
        numbers[1].ShouldBe(numbers[0] + 1);
        var refusal = await Refusals.OfAsync(() => grown.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = person.Session.RefreshToken }, TestService.From(person.Home)).ResponseAsync);
        refusal.Reason().ShouldBe(ErrorReasons.SessionRevoked);
    }

    [Fact]
    public async Task A_service_that_runs_is_not_copied()
    {
        using var deployment = await given.NewDeploymentAsync();
        await using var small = await deployment.StartSmallAsync();
        Deployment.LetGoOfFiles(); // as when nobody asked for a while

        var refused = await deployment.CopyAsync();

        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("is in use. Stop the service");
        (await deployment.AskAsync("SELECT count(*) FROM pg_tables WHERE schemaname IN ('authservice', 'account_keys')")).ShouldBe(0L);
    }

    /// <summary>Somebody with an account, whose service has stopped. The newest event is the first.</summary>
    private static async Task<(Person Person, IReadOnlyList<AuditEvent> Events)> SignUpAsync(
        Deployment deployment, Func<TestService, Person, Task>? further = null)
    {
        (Person, IReadOnlyList<AuditEvent>) signedUp;
        await using (var small = await deployment.StartSmallAsync())
        {
            var person = await Person.SignUpAsync(small, rememberDevice: true);
            if (further is not null)
                await further(small, person);
            signedUp = (person, await EventsAsync(small, person));
        }

        Deployment.LetGoOfFiles();
        return signedUp;
    }

    private static async Task<IReadOnlyList<AuditEvent>> EventsAsync(TestService service, Person person) =>
        [.. (await service.Audit.ListEventsAsync(new ListEventsRequest { AccountId = person.AccountId, PageSize = 100 }, service.AsAdmin)).Events];

    /// <summary>Deletes the newest event, as an erasure might, and gives its number.</summary>
    private static async Task<long> ForgetNewestEventAsync(Deployment deployment)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(deployment.Folder, "authservice.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM AuditEvents WHERE Sequence = (SELECT max(Sequence) FROM AuditEvents) RETURNING Sequence";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
