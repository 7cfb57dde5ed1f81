using AuthService.Storage;
using AuthService.Storage.Postgres;
using AuthService.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AuthService.Tests.Stores;

/// <summary>
/// A PostgreSQL that goes away in the middle is an unavailable store, whatever Npgsql calls it. One that has work for everybody at
/// once is not.
/// </summary>
public sealed class PostgresStoreTests : IAsyncLifetime
{
    private const string EndOneself = "SELECT pg_terminate_backend(pg_backend_pid())";

    private PostgresServer _server = null!;

    public async Task InitializeAsync() => _server = await PostgresServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_connection_that_broke_before_the_commit_is_an_unavailable_store() =>
        await Should.ThrowAsync<StoreUnavailableException>(() => CreateSut().WriteAsync(BreakAsync, default));

    [Fact]
    public async Task A_connection_that_broke_before_the_next_statement_is_an_unavailable_store() =>
        await Should.ThrowAsync<StoreUnavailableException>(() => CreateSut().WriteAsync(
            async work =>
            {
                await BreakAsync(work);
                await work.Rows.Database.ExecuteSqlRawAsync("SELECT 1");
            },
            default));

    [Fact]
    public async Task Everybody_who_comes_at_once_gets_through()
    {
        const int everybody = 40;
        await _server.ExecuteAsync("postgres", "CREATE TABLE tickets (number bigint)");
        var sut = CreateSut();

        // All of them read what each of them changes, as use cases do on tables that are still small, and on a slow machine.
        await Task.WhenAll(Enumerable.Range(0, everybody).Select(_ => sut.WriteAsync(
            async work =>
            {
                await work.Rows.Database.ExecuteSqlRawAsync("INSERT INTO tickets SELECT count(*) FROM tickets");
                await work.Rows.Database.ExecuteSqlRawAsync("SELECT pg_sleep(0.03)");
            },
            default)));

        (await _server.AskAsync("postgres", "SELECT count(DISTINCT number) FROM tickets")).ShouldBe((long)everybody);
    }

    [Fact]
    public async Task A_mistake_of_ours_stays_one() =>
        await Should.ThrowAsync<InvalidOperationException>(() => CreateSut().WriteAsync(_ => throw new InvalidOperationException(), default));

    private Database CreateSut() => new(new Contexts(_server.Of("postgres")), new PostgresStore(NullLogger<PostgresStore>.Instance), TimeProvider.System);

    /// <summary>The server ends the connection, and the use case does not notice.</summary>
    private static async Task BreakAsync(Work work)
    {
        try
        {
            await work.Rows.Database.ExecuteSqlRawAsync(EndOneself);
        }
        catch (PostgresException ended) when (ended.SqlState == PostgresErrorCodes.AdminShutdown)
        {
        }
    }

    private sealed class Contexts(string connection) : IDbContextFactory<AuthDbContext>
    {
        public AuthDbContext CreateDbContext() => new PostgresAuthDbContext(
            new DbContextOptionsBuilder<PostgresAuthDbContext>().UseNpgsql(connection).Options);
    }
}
