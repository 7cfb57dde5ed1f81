using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace AuthService.Storage.Sqlite;

/// <summary>Pragmas belong to a connection, not to the file (but for the journal's mode), so every connection sets them.</summary>
/// <remarks>
/// Once: what EF opens is mostly a connection that the pool has kept open, and keeps its pragmas. Setting them again would take longer than
/// most queries.
/// </remarks>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    // FULL: a commit that was acknowledged survives a power cut. secure_delete: erased bytes are overwritten, not just unlinked.
    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;";

    private static readonly object IsSet = new();

    private readonly ConditionalWeakTable<sqlite3, object> _set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (HasThem(connection))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        _set.AddOrUpdate(HandleOf(connection), IsSet);
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (HasThem(connection))
            return;
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        _set.AddOrUpdate(HandleOf(connection), IsSet);
    }

    private bool HasThem(DbConnection connection) => _set.TryGetValue(HandleOf(connection), out _);

    private static sqlite3 HandleOf(DbConnection connection) => ((SqliteConnection)connection).Handle!;
}
