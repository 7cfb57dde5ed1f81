using System.Data.Common;
using AuthService.Storage.Hot;
using AuthService.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace AuthService.Storage.Sqlite;

/// <summary>The statements of one connection, each prepared once. There is one writer, so nothing has to be locked.</summary>
internal sealed class SqliteHotRows(SqliteConnection connection) : HotRows, IDisposable
{
    private static readonly Statements InSqlite = new(schema: "", lockingRow: "");

    private readonly Dictionary<Statement, SqliteCommand> _prepared = [];
    private SqliteTransaction? _transaction;

    public override Statements Statements => InSqlite;

    /// <summary>What they are run in.</summary>
    public SqliteTransaction? Transaction
    {
        set
        {
            _transaction = value;
            foreach (var command in _prepared.Values)
                command.Transaction = value;
        }
    }

    public override Task<TRow?> FindAsync<TKey, TRow>(
        Statement<TKey> select, TKey key, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
        where TRow : class
    {
        var command = CommandOf(select);
        select.Bind(command.Parameters, key);
        return ReadAsync(command, read, cancellationToken);
    }

    public override Task<int> RunAsync<TValues>(Statement<TValues> statement, TValues values, CancellationToken cancellationToken)
    {
        var command = CommandOf(statement);
        statement.Bind(command.Parameters, values);
        return command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task WriteAsync(IReadOnlyList<HotWrite> writes, IReadOnlyList<AuditEventRow> events, CancellationToken cancellationToken)
    {
        foreach (var write in writes)
        {
            var command = CommandOf(write.Statement);
            write.Bind(command.Parameters);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var row in events)
            await RunAsync(Statements.InsertEvent, row, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
    }

    private SqliteCommand CommandOf(Statement statement)
    {
        if (!_prepared.TryGetValue(statement, out var command))
        {
            command = statement.Fill(connection.CreateCommand());
            command.Transaction = _transaction;
            _prepared.Add(statement, command);
        }

        return command;
    }
}
