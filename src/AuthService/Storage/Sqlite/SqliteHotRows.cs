using AuthService.Storage.Hot;
using AuthService.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace AuthService.Storage.Sqlite;

/// <summary>The statements of one connection, prepared once.</summary>
internal sealed class SqliteHotRows : HotRows, IDisposable
{
    private static readonly Statements Statements = new(schema: "", lockingRow: "");

    private readonly SqliteCommand _select;
    private readonly SqliteCommand _update;
    private readonly SqliteCommand _insert;

    public SqliteHotRows(SqliteConnection connection)
    {
        _select = Statements.SelectSession.Fill(connection.CreateCommand());
        _update = Statements.UpdateSession.Fill(connection.CreateCommand());
        _insert = Statements.InsertEvent.Fill(connection.CreateCommand());
    }

    /// <summary>What they are run in.</summary>
    public SqliteTransaction? Transaction
    {
        set => _select.Transaction = _update.Transaction = _insert.Transaction = value;
    }

    /// <summary>There is one writer, so nothing has to be locked.</summary>
    public override Task<SessionRow?> LockSessionAsync(string id, CancellationToken cancellationToken)
    {
        Statements.SelectSession.Bind(_select.Parameters, id);
        return ReadAsync(_select, cancellationToken);
    }

    public override async Task WriteAsync(IReadOnlyList<SessionRow> sessions, IReadOnlyList<AuditEventRow> events, CancellationToken cancellationToken)
    {
        foreach (var session in sessions)
        {
            Statements.UpdateSession.Bind(_update.Parameters, session);
            await _update.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var row in events)
        {
            Statements.InsertEvent.Bind(_insert.Parameters, row);
            await _insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _select.Dispose();
        _update.Dispose();
        _insert.Dispose();
    }
}
