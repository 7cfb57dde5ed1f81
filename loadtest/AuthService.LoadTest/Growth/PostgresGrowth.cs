using System.Diagnostics.CodeAnalysis;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Postgres;
using AuthService.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AuthService.LoadTest.Growth;

/// <summary>A PostgreSQL of this run's own, with the settings of a machine of some gigabytes.</summary>
internal sealed class PostgresGrowth : IGrowingStore, ISqlDialect
{
    private const string Database = "postgres";

    private readonly PostgresServer _server;
    private NpgsqlConnection? _probe;

    private PostgresGrowth(PostgresServer server) => _server = server;

    [SuppressMessage("Reliability", "CA2000", Justification = "It is disposed of with this.")]
    public static async Task<PostgresGrowth> StartAsync() => new(await PostgresServer.StartAsync(
        isDurable: true, "shared_buffers=2GB", "maintenance_work_mem=1GB", "max_wal_size=8GB", "checkpoint_timeout=30min", "random_page_cost=1.1"));

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Storage:Provider"] = "Postgres", ["Storage:ConnectionString"] = _server.Of(Database),
    };

    public string Series(long from, long count) => FormattableString.Invariant($"generate_series({from}::bigint, {from + count - 1}::bigint) s(n)");

    // md5 is what PostgreSQL has at hand; these stand for values that nobody looks up.
    public string Random(string column) =>
        $"CASE WHEN {column} IS NULL THEN NULL ELSE substring(decode(md5(s.n || '{column}') || md5(s.n || '{column}2') || md5(s.n || '{column}3') "
        + $"|| md5(s.n || '{column}4') || md5(s.n || '{column}5') || md5(s.n || '{column}6'), 'hex') FROM 1 FOR length({column})) END";

    public string Renumber(string column) =>
        $"CASE WHEN length({column}) < 24 THEN {column} ELSE substr({column}, 1, length({column}) - 12) || lpad(s.n::text, 12, '0') END";

    /// <summary>Indexes go before and come back after: a few large sorts instead of as many descents as there are rows.</summary>
    public async Task CloneAsync(string template, long from, long count)
    {
        await using var rows = Context<PostgresAuthDbContext>(PostgresAuthDbContext.Schema, options => new PostgresAuthDbContext(options));
        await using var keys = Context<PostgresAccountKeysDbContext>(PostgresAccountKeysDbContext.Schema, options => new PostgresAccountKeysDbContext(options));
        var tables = ClonedTable.In(rows, this).Concat(ClonedTable.In(keys, this)).ToList();
        await using var connection = new NpgsqlConnection(_server.Of(Database) + ";Pooling=false;Command Timeout=0;Options='-c synchronous_commit=off'");
        await connection.OpenAsync();
        var indexes = await IndexesAsync(connection, tables);
        foreach (var (name, _) in indexes)
            await ExecuteAsync(connection, $"DROP INDEX {name}");
        foreach (var table in tables)
            await ExecuteAsync(connection, table.Clone(template, from, count));
        foreach (var (_, definition) in indexes)
            await ExecuteAsync(connection, definition);
    }

    public async Task SettleAsync()
    {
        await using var connection = new NpgsqlConnection(_server.Of(Database) + ";Pooling=false;Command Timeout=0");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "VACUUM ANALYZE");
        await ExecuteAsync(connection, "CHECKPOINT");
    }

    public async Task CommitAsync()
    {
        _probe ??= await NewProbeAsync();
        await ExecuteAsync(_probe, "INSERT INTO probe DEFAULT VALUES");
    }

    public async Task<long> BytesAsync() => (long)(await _server.AskAsync(Database, $"SELECT pg_database_size('{Database}')"))!;

    public async Task<IReadOnlyList<(string Table, long Bytes)>> TablesAsync()
    {
        await using var connection = new NpgsqlConnection(_server.Of(Database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT regexp_replace(c.relname, '_[0-9]+$', ''), sum(pg_total_relation_size(c.oid))::bigint
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('authservice', 'account_keys') AND c.relkind = 'r' GROUP BY 1 ORDER BY 2 DESC
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<(string, long)>();
        while (await reader.ReadAsync())
            tables.Add((reader.GetString(0), reader.GetInt64(1)));
        return tables;
    }

    public async ValueTask DisposeAsync()
    {
        if (_probe is not null)
            await _probe.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task<NpgsqlConnection> NewProbeAsync()
    {
        var connection = new NpgsqlConnection(_server.Of(Database) + ";Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS probe (n bigint GENERATED ALWAYS AS IDENTITY)");
        return connection;
    }

    private T Context<T>(string schema, Func<DbContextOptions<T>, T> make)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        options.UsePostgres(_server.Of(Database), schema);
        return make(options.Options);
    }

    /// <summary>Those that are no constraint's and no part's own.</summary>
    private static async Task<IReadOnlyList<(string Name, string Definition)>> IndexesAsync(NpgsqlConnection connection, IEnumerable<ClonedTable> tables)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
            WHERE i.indrelid = ANY ($1::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. tables.Select(table => table.Name)] });
        await using var reader = await command.ExecuteReaderAsync();
        var indexes = new List<(string, string)>();
        while (await reader.ReadAsync())
            indexes.Add((reader.GetString(0), reader.GetString(1)));
        return indexes;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // the names in it are the model's own
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
