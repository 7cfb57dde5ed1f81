using AuthService.Storage.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AuthService.Storage.Copy;

/// <summary>A PostgreSQL in one transaction over all schemas: a copy is there whole and verified, or not at all.</summary>
internal sealed class CopyTarget : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private NpgsqlTransaction? _transaction;

    private CopyTarget(NpgsqlConnection connection) => _connection = connection;

    public static async Task<CopyTarget> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(PostgresConnections.Complete(connectionString))
        {
            Pooling = false, CommandTimeout = 0, ApplicationName = "authctl",
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return new CopyTarget(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a schema that is not there.</summary>
    public async Task MakeTablesAsync(StoredModel model, CancellationToken cancellationToken)
    {
        await using var rows = model.InPostgres(_connection);
        if (!(await rows.Database.GetAppliedMigrationsAsync(cancellationToken)).Any())
            await rows.Database.MigrateAsync(cancellationToken);
    }

    public async Task<string?> ProblemAsync(StoredModel model, CancellationToken cancellationToken)
    {
        await using var rows = model.InPostgres(_connection);
        return await SchemaCheck.ProblemAsync(rows, $"PostgreSQL's schema {model.Schema}", cancellationToken);
    }

    public IReadOnlyList<CopiedTable> TablesOf(StoredModel model, CopySource source)
    {
        using var rows = model.InPostgres(_connection);
        return CopiedTable.In(source.Rows, rows);
    }

    /// <summary>Takes as long as it takes: the limits are for the service's own transactions.</summary>
    public async Task<NpgsqlTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        _transaction = await _connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        await ExecuteAsync("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0", cancellationToken);
        return _transaction;
    }

    /// <summary>From here to the end of the transaction nobody else reads or writes the tables.</summary>
    public Task LockAsync(IReadOnlyList<CopiedTable> tables, CancellationToken cancellationToken) =>
        ExecuteAsync($"LOCK TABLE {string.Join(", ", tables.Select(table => table.InTarget))} IN ACCESS EXCLUSIVE MODE", cancellationToken);

    public async Task<bool> HasRowsAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        await using var command = Command($"SELECT EXISTS (SELECT 1 FROM {table.InTarget})");
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Has a place for every row of a table that is in parts by its numbers, and for those after them.</summary>
    public async Task MakeRoomAsync(CopiedTable table, long last, CancellationToken cancellationToken)
    {
        if (table is not { Schema: PostgresAuthDbContext.Schema, Name: AuditPartitions.Table })
            return;

        var options = new DbContextOptionsBuilder<PostgresAuthDbContext>();
        options.UsePostgres(_connection, table.Schema);
        await using var rows = new PostgresAuthDbContext(options.Options);
        await rows.Database.UseTransactionAsync(_transaction, cancellationToken);
        await AuditPartitions.CoverAsync(rows, last, cancellationToken);
    }

    /// <summary>Writes rows of a table in the order they come in.</summary>
    public async Task WriteAsync(CopiedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var import = await _connection.BeginBinaryImportAsync(table.CopyToTarget, cancellationToken);
        import.Timeout = TimeSpan.Zero;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await import.StartRowAsync(cancellationToken);
            for (var at = 0; at < row.Length; at++)
            {
                if (row[at] is { } value)
                    await import.WriteAsync(value, table.Columns[at].StoreType, cancellationToken);
                else
                    await import.WriteNullAsync(cancellationToken);
            }
        }

        await import.CompleteAsync(cancellationToken);
    }

    /// <summary>The columns that PostgreSQL counts up.</summary>
    public async Task<IReadOnlyList<string>> NumberedColumnsAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 AND is_identity = 'YES'");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table.Schema, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table.Name, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            columns.Add(reader.GetString(0));
        return columns;
    }

    /// <summary>Unlike <c>setval</c> this goes with the transaction.</summary>
    public Task CountOnAfterAsync(CopiedTable table, string column, long last, CancellationToken cancellationToken) => ExecuteAsync(
        string.Create(null, $"ALTER TABLE {table.InTarget} ALTER COLUMN {CopiedTable.Quoted(column)} RESTART WITH {last + 1}"), cancellationToken);

#pragma warning disable CA2100 // the names in it are the model's own
    public NpgsqlCommand Command(string sql) => new(sql, _connection);
#pragma warning restore CA2100

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
