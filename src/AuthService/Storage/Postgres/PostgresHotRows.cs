using System.Data.Common;
using AuthService.Storage.Hot;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AuthService.Storage.Postgres;

/// <summary>The statements of one transaction. The connection knows those that it ran before, and has them prepared.</summary>
internal sealed class PostgresHotRows(AuthDbContext rows) : HotRows
{
    /// <summary>So many events and no more are cheaper in the round trip that other rows need anyway.</summary>
    private const int Few = 8;

    private static readonly Statements InPostgres = new($"{PostgresAuthDbContext.Schema}.", " FOR UPDATE");

    public override Statements Statements => InPostgres;

    private NpgsqlConnection Connection => (NpgsqlConnection)rows.Database.GetDbConnection();

    public override async Task<TRow?> FindAsync<TKey, TRow>(
        Statement<TKey> select, TKey key, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
        where TRow : class
    {
        await using var command = select.Fill(Connection.CreateCommand());
        select.Bind(command.Parameters, key);
        return await ReadAsync(command, read, cancellationToken);
    }

    public override async Task<int> RunAsync<TValues>(Statement<TValues> statement, TValues values, CancellationToken cancellationToken)
    {
        await using var command = statement.Fill(Connection.CreateCommand());
        statement.Bind(command.Parameters, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task WriteAsync(IReadOnlyList<HotWrite> writes, IReadOnlyList<AuditEventRow> events, CancellationToken cancellationToken)
    {
        if (writes.Count == 0 && events.Count <= Few)
        {
            rows.AuditEvents.AddRange(events);
            return;
        }

        await using var batch = Connection.CreateBatch();
        foreach (var write in writes)
        {
            var command = CommandOf(write.Statement);
            write.Bind(command.Parameters);
            batch.BatchCommands.Add(command);
        }

        foreach (var row in events.Count <= Few ? events : [])
        {
            var command = CommandOf(Statements.InsertEvent);
            Statements.InsertEvent.Bind(command.Parameters, row);
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
        if (events.Count > Few)
            await CopyAsync(events, cancellationToken);
    }

    private static NpgsqlBatchCommand CommandOf(Statement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        statement.AddParameters(command.Parameters, () => new NpgsqlParameter());
        return command;
    }

    private async Task CopyAsync(IReadOnlyList<AuditEventRow> events, CancellationToken cancellationToken)
    {
        await using var copy = await Connection.BeginBinaryImportAsync(Statements.CopyEvents, cancellationToken);
        foreach (var row in events)
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (var column in Statements.InsertEvent.Parameters)
            {
                if (column.Value(row) is { } value)
                    await copy.WriteAsync(value, TypeOf(column.Type), cancellationToken);
                else
                    await copy.WriteNullAsync(cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static NpgsqlDbType TypeOf(System.Data.DbType type) => type switch
    {
        System.Data.DbType.Int32 => NpgsqlDbType.Integer,
        System.Data.DbType.Int64 => NpgsqlDbType.Bigint,
        System.Data.DbType.Binary => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    };
}
