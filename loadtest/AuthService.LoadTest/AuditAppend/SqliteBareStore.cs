using Microsoft.Data.Sqlite;

namespace AuthService.LoadTest.AuditAppend;

/// <summary>Files of a data folder: the service's own for the log, another one for the bare table.</summary>
internal sealed class SqliteBareStore(string data) : IBareStore
{
    /// <summary>As durable as the service's.</summary>
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000";

    private SqliteConnection? _log;
    private SqliteConnection? _bare;
    private SqliteCommand? _toLog;
    private SqliteCommand? _toBare;

    public IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    public async Task PrepareAsync(IReadOnlyList<string> columns)
    {
        _log = await OpenAsync("authservice.db");
        _bare = await OpenAsync("bare.db");
        await ExecuteAsync(_bare, $"CREATE TABLE \"AuditEvents\" (\"Sequence\" INTEGER PRIMARY KEY AUTOINCREMENT, {Names(columns)})");
        _toLog = Insert(_log, columns);
        _toBare = Insert(_bare, columns);
    }

    public async Task AppendAsync(bool toLog, IReadOnlyList<string> columns, ArraySegment<object?[]> rows)
    {
        var insert = (toLog ? _toLog : _toBare)!;
        await using var transaction = (SqliteTransaction)await insert.Connection!.BeginTransactionAsync();
        insert.Transaction = transaction;
        foreach (var row in rows)
        {
            for (var at = 0; at < row.Length; at++)
                insert.Parameters[at].Value = row[at] ?? DBNull.Value;
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    /// <summary>Each commit flushes it, once.</summary>
    public Task<long?> FlushesAsync() => Task.FromResult<long?>(null);

    public async ValueTask DisposeAsync()
    {
        if (_toLog is not null)
            await _toLog.DisposeAsync();
        if (_toBare is not null)
            await _toBare.DisposeAsync();
        if (_log is not null)
            await _log.DisposeAsync();
        if (_bare is not null)
            await _bare.DisposeAsync();
    }

    private async Task<SqliteConnection> OpenAsync(string file)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(data, file)};Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync(connection, Pragmas);
        return connection;
    }

    private static SqliteCommand Insert(SqliteConnection connection, IReadOnlyList<string> columns)
    {
        var insert = connection.CreateCommand();
#pragma warning disable CA2100 // the names in it are the model's own
        insert.CommandText = $"INSERT INTO \"AuditEvents\" ({Names(columns)}) VALUES ({string.Join(", ", columns.Select((_, at) => $"$p{at}"))})";
#pragma warning restore CA2100
        for (var at = 0; at < columns.Count; at++)
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"$p{at}" });
        return insert;
    }

    private static string Names(IReadOnlyList<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the names in it are the model's own
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
