using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthService.Storage.Sqlite;

/// <summary>Pragmas belong to a connection, not to the file (but for the journal's mode), so every connection sets them.</summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    // FULL: a commit that was acknowledged survives a power cut. secure_delete: erased bytes are overwritten, not just unlinked.
    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
