using System.Diagnostics.CodeAnalysis;
using AuthService.Storage.Postgres;
using AuthService.Tests.Shared;
using Npgsql;

namespace AuthService.LoadTest.AuditAppend;

/// <summary>A PostgreSQL of this run's own, durable, with room for what is written in a few minutes.</summary>
internal sealed class PostgresBareStore : IBareStore
{
    private const string Database = "postgres";
    private const string Log = $"{PostgresAuthDbContext.Schema}.\"{AuditPartitions.Table}\"";
    private const string Bare = "public.bare_events";

    private readonly PostgresServer _server;
    private NpgsqlConnection? _connection;

    private PostgresBareStore(PostgresServer server) => _server = server;

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Storage:Provider"] = "Postgres", ["Storage:ConnectionString"] = _server.Of(Database),
    };

    [SuppressMessage("Reliability", "CA2000", Justification = "It is disposed of with this.")]
    public static async Task<PostgresBareStore> StartAsync() =>
        new(await PostgresServer.StartAsync(isDurable: true, "shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=30min"));

    public async Task PrepareAsync(IReadOnlyList<string> columns)
    {
        _connection = new NpgsqlConnection(_server.Of(Database) + ";Pooling=false");
        await _connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE TABLE {Bare} (LIKE {Log} INCLUDING IDENTITY, PRIMARY KEY (\"Sequence\"))", _connection);
        await create.ExecuteNonQueryAsync();
    }

    /// <summary>By COPY: nothing that PostgreSQL understands is faster.</summary>
    public async Task AppendAsync(bool toLog, IReadOnlyList<string> columns, ArraySegment<object?[]> rows)
    {
        var names = string.Join(", ", columns.Select(column => $"\"{column}\""));
        await using var copy = await _connection!.BeginBinaryImportAsync($"COPY {(toLog ? Log : Bare)} ({names}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
            await copy.WriteRowAsync(CancellationToken.None, row);
        await copy.CompleteAsync();
    }

    public async Task<long?> FlushesAsync()
    {
        // Who is connected tells what it counted now and then, who leaves tells all of it.
        NpgsqlConnection.ClearAllPools();
        await Eventually.PassAsync(TimeSpan.FromMilliseconds(500));
        return (long?)await _server.AskAsync(Database, "SELECT wal_sync FROM pg_stat_wal");
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }
}
