using AuthService.Storage;
using AuthService.Storage.Sqlite;
using AuthService.Security.Keys;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AuthService.LoadTest.Growth;

/// <summary>The files of a service that is stopped.</summary>
internal sealed class SqliteGrowth(string data) : IGrowingStore, ISqlDialect
{
    private SqliteConnection? _probe;

    public IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    public string Series(long from, long count) => FormattableString.Invariant(
        $"(WITH RECURSIVE numbers(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n < {from + count - 1}) SELECT n FROM numbers) s");

    public string Random(string column) => $"CASE WHEN {column} IS NULL THEN NULL ELSE randomblob(length({column})) END";

    public string Renumber(string column) =>
        $"CASE WHEN length({column}) < 24 THEN {column} ELSE substr({column}, 1, length({column}) - 12) || printf('%012d', s.n) END";

    /// <summary>Some at a time: a transaction is in the write-ahead log whole.</summary>
    public async Task CloneAsync(string template, long from, long count)
    {
        const long atOnce = 200_000;
        for (var done = 0L; done < count; done += atOnce)
            await CloneSomeAsync(template, from + done, Math.Min(atOnce, count - done));
    }

    private async Task CloneSomeAsync(string template, long from, long count)
    {
        await using var rows = Rows();
        foreach (var table in ClonedTable.In(rows, this))
            await ExecuteAsync("authservice.db", table.Clone(template, from, count));
        await using var keys = Keys();
        foreach (var table in ClonedTable.In(keys, this))
            await ExecuteAsync("account-keys.db", table.Clone(template, from, count));
    }

    public async Task SettleAsync()
    {
        await ExecuteAsync("authservice.db", "ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
        await ExecuteAsync("account-keys.db", "ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
    }

    public async Task CommitAsync()
    {
        if (_probe is null)
        {
            // A file of its own: the service is the one writer of its own.
            _probe = new SqliteConnection(Connection("probe.sqlite"));
            await _probe.OpenAsync();
            await Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS probe (n INTEGER PRIMARY KEY)");
        }

        await Run("INSERT INTO probe DEFAULT VALUES");

        async Task Run(string sql)
        {
            await using var command = _probe.CreateCommand();
#pragma warning disable CA2100 // both are above
            command.CommandText = sql;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    public Task<long> BytesAsync() => Task.FromResult(Directory.GetFiles(data, "*.db*").Sum(file => new FileInfo(file).Length));

    public Task<IReadOnlyList<(string Table, long Bytes)>> TablesAsync() => Task.FromResult<IReadOnlyList<(string, long)>>([]);

    public ValueTask DisposeAsync() => _probe?.DisposeAsync() ?? ValueTask.CompletedTask;

    private AuthDbContext Rows() => new SqliteAuthDbContext(new DbContextOptionsBuilder<SqliteAuthDbContext>().UseSqlite(Connection("authservice.db")).Options);

    private AccountKeysDbContext Keys() =>
        new SqliteAccountKeysDbContext(new DbContextOptionsBuilder<SqliteAccountKeysDbContext>().UseSqlite(Connection("account-keys.db")).Options);

    private string Connection(string file) => $"Data Source={Path.Combine(data, file)};Pooling=false";

    private async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection(Connection(file));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // the names in it are the model's own
        command.CommandText = $"PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; {sql}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
