using AuthService.SystemTests.Harness;
using AuthService.Tests.Shared;

namespace AuthService.SystemTests.Replicas;

/// <summary>Nothing is served before the database answers.</summary>
public sealed class StartUpTests : IAsyncLifetime
{
    private PostgresServer _postgres = null!;

    public async Task InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        await _postgres.ExecuteAsync("postgres", "CREATE DATABASE authservice");
        await _postgres.CrashAsync();
    }

    public async Task DisposeAsync() => await _postgres.DisposeAsync();

    [Fact]
    public async Task A_service_that_is_up_before_its_database_waits_and_then_serves()
    {
        using var folder = new DataFolder();
        await using var process = Launch(folder, "00:01:00");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        await process.Output.FirstAsync(line => line.Contains("start-up waits for it", StringComparison.Ordinal), patience.Token);
        process.Output.Text.ShouldNotContain("ready grpc");
        await _postgres.StartAgainAsync();

        (await process.Output.FirstAsync(line => line.StartsWith("ready grpc", StringComparison.Ordinal), patience.Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_service_whose_database_never_comes_ends_and_says_why()
    {
        using var folder = new DataFolder();
        await using var process = Launch(folder, "00:00:01");

        (await process.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(1);

        process.Output.Text.ShouldContain("PostgreSQL does not answer");
        process.Output.Text.ShouldNotContain("ready grpc");
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_not_waited_for()
    {
        await _postgres.StartAgainAsync();
        using var folder = new DataFolder();
        await using var process = Launch(folder, "01:00:00", database: "nowhere", "Storage:MigrateAtStart=false");

        (await process.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(1);

        process.Output.Text.ShouldContain("authctl database migrate");
    }

    private ChildProcess Launch(DataFolder folder, string wait, string database = "authservice", params string[] more) => ServiceProcess.Launch(
        "Development",
        ServiceProcess.Variables(folder),
        ["Storage:Provider=Postgres", $"Storage:ConnectionString={_postgres.Of(database)}", $"Storage:WaitAtStart={wait}", .. more]);
}
