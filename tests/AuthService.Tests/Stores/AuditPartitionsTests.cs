using AuthService.Storage;
using AuthService.Storage.Postgres;
using AuthService.Storage.Rows;
using AuthService.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AuthService.Tests.Stores;

/// <summary>The audit log's table in parts, on a real PostgreSQL.</summary>
public sealed class AuditPartitionsTests : IAsyncLifetime
{
    private PostgresServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        await using var rows = Contexts().CreateDbContext();
        await rows.Database.MigrateAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task There_is_room_for_what_comes_and_for_what_comes_after_it()
    {
        await MakeRoomAsync();

        (await PartsAsync()).ShouldBe(Parts(0, 5));
        (await ProblemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_go_over_the_border_of_a_part_and_are_read_in_their_order()
    {
        await MakeRoomAsync();
        await _server.ExecuteAsync("postgres", $"ALTER TABLE authservice.\"AuditEvents\" ALTER COLUMN \"Sequence\" RESTART WITH {AuditPartitions.Size - 2}");

        for (var number = 0; number < 4; number++)
            await AddAsync();
        await MakeRoomAsync();

        await using var rows = Contexts().CreateDbContext();
        var newest = await rows.AuditEvents.OrderByDescending(row => row.Sequence).Take(4).Select(row => row.Sequence).ToListAsync();
        newest.ShouldBe([AuditPartitions.Size + 1, AuditPartitions.Size, AuditPartitions.Size - 1, AuditPartitions.Size - 2]);
        (await _server.AskAsync("postgres", "SELECT count(*) FROM authservice.\"AuditEvents_1\"")).ShouldBe(2L);
        (await PartsAsync()).ShouldBe(Parts(0, 6));
    }

    [Fact]
    public async Task A_page_of_the_newest_events_reads_the_newest_part_alone()
    {
        await MakeRoomAsync();
        await AddAsync();
        await _server.ExecuteAsync("postgres", $"ALTER TABLE authservice.\"AuditEvents\" ALTER COLUMN \"Sequence\" RESTART WITH {AuditPartitions.Size + 1}");
        for (var number = 0; number < 3; number++)
            await AddAsync();

        await using var connection = new NpgsqlConnection(_server.Of("postgres"));
        await connection.OpenAsync();

        // As it plans where there is more than a handful.
        await using (var setting = new NpgsqlCommand("SET enable_seqscan = off; SET enable_bitmapscan = off", connection))
            await setting.ExecuteNonQueryAsync();
        await using var explain = new NpgsqlCommand(
            "EXPLAIN ANALYZE SELECT * FROM authservice.\"AuditEvents\" WHERE \"Sequence\" < 9000000000 ORDER BY \"Sequence\" DESC LIMIT 2", connection);
        await using var lines = await explain.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await lines.ReadAsync())
            plan.Add(lines.GetString(0));

        plan.Single(line => line.Contains("AuditEvents_0", StringComparison.Ordinal)).ShouldContain("never executed");
    }

    [Fact]
    public async Task An_event_that_there_is_no_room_for_is_refused_and_the_doctor_tells_before()
    {
        await MakeRoomAsync();
        await _server.ExecuteAsync("postgres", $"ALTER TABLE authservice.\"AuditEvents\" ALTER COLUMN \"Sequence\" RESTART WITH {(5 * AuditPartitions.Size) - 1}");
        await AddAsync();

        (await ProblemsAsync()).ShouldHaveSingleItem().ShouldContain("room for 0 more events");
        await Should.ThrowAsync<StoreUnavailableException>(AddAsync);
        await MakeRoomAsync();
        await AddAsync();
    }

    [Fact]
    public async Task Parts_that_were_dropped_stay_away()
    {
        await MakeRoomAsync();
        await _server.ExecuteAsync("postgres", $"ALTER TABLE authservice.\"AuditEvents\" ALTER COLUMN \"Sequence\" RESTART WITH {AuditPartitions.Size}");
        await AddAsync();
        await _server.ExecuteAsync("postgres", "DROP TABLE authservice.\"AuditEvents_0\"");

        await MakeRoomAsync();

        (await PartsAsync()).ShouldBe(Parts(1, 5));
    }

    [Fact]
    public async Task Replicas_that_make_room_at_once_do_not_meet()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(MakeRoomAsync)));

        (await PartsAsync()).ShouldBe(Parts(0, 5));
        (await ProblemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_part_has_the_indexes_of_the_whole()
    {
        await MakeRoomAsync();

        var whole = await _server.AskAsync("postgres", "SELECT count(*) FROM pg_indexes WHERE schemaname = 'authservice' AND tablename = 'AuditEvents'");
        var part = await _server.AskAsync("postgres", "SELECT count(*) FROM pg_indexes WHERE schemaname = 'authservice' AND tablename = 'AuditEvents_1'");

        part.ShouldBe(whole);
        ((long)whole!).ShouldBeGreaterThan(4);
    }

    private static IEnumerable<string> Parts(int first, int count) => Enumerable.Range(first, count).Select(number => $"AuditEvents_{number}");

    private async Task MakeRoomAsync()
    {
        await using var rows = Contexts().CreateDbContext();
        await CreateSut().MakeRoomForEventsAsync(rows, default);
    }

    private async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        await using var rows = Contexts().CreateDbContext();
        return [.. (await CreateSut().ProblemsAsync(rows, default)).Where(problem => !problem.Contains("is off", StringComparison.Ordinal))];
    }

    private Task AddAsync() => new Database(Contexts(), CreateSut(), TimeProvider.System).WriteAsync(
        work =>
        {
            work.Rows.AuditEvents.Add(new AuditEventRow { Id = Guid.CreateVersion7().ToString("N"), At = work.Now, Rpc = "", Type = 1, Count = 1 });
            return Task.CompletedTask;
        },
        default);

    private async Task<IReadOnlyList<string>> PartsAsync()
    {
        await using var rows = Contexts().CreateDbContext();
        return await rows.Database.SqlQueryRaw<string>(
            "SELECT c.relname::text AS \"Value\" FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent "
            + "WHERE p.relname = 'AuditEvents' ORDER BY 1").ToListAsync();
    }

    private static PostgresStore CreateSut() => new(NullLogger<PostgresStore>.Instance);

    private Factory Contexts() => new(_server.Of("postgres"));

    private sealed class Factory(string connection) : IDbContextFactory<AuthDbContext>
    {
        public AuthDbContext CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<PostgresAuthDbContext>();
            options.UsePostgres(connection, PostgresAuthDbContext.Schema);
            return new PostgresAuthDbContext(options.Options);
        }
    }
}
