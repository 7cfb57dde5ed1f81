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

    private static readonly Statements Statements = new($"{PostgresAuthDbContext.Schema}.", " FOR UPDATE");

    private NpgsqlConnection Connection => (NpgsqlConnection)rows.Database.GetDbConnection();

    public override async Task<SessionRow?> LockSessionAsync(string id, CancellationToken cancellationToken)
    {
        await using var select = Statements.SelectSession.Fill(Connection.CreateCommand());
        Statements.SelectSession.Bind(select.Parameters, id);
        return await ReadAsync(select, cancellationToken);
    }

    public override async Task WriteAsync(IReadOnlyList<SessionRow> sessions, IReadOnlyList<AuditEventRow> events, CancellationToken cancellationToken)
    {
        if (sessions.Count == 0 && events.Count <= Few)
        {
            rows.AuditEvents.AddRange(events);
            return;
        }

        if (events.Count > Few)
            await CopyAsync(events, cancellationToken);
        await using var batch = Connection.CreateBatch();
        foreach (var session in sessions)
            batch.BatchCommands.Add(CommandOf(Statements.UpdateSession, session));
        if (events.Count <= Few)
        {
            foreach (var row in events)
                batch.BatchCommands.Add(CommandOf(Statements.InsertEvent, row));
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand CommandOf<TRow>(Statement<TRow> statement, TRow row)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        statement.AddParameters(command.Parameters, () => new NpgsqlParameter());
        statement.Bind(command.Parameters, row);
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
