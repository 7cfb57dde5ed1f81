using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage.Copy;

/// <summary>A SQLite file of a service that is stopped, and for as long as this is open cannot be started.</summary>
internal sealed class CopySource : IAsyncDisposable
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    private readonly SqliteConnection _connection;

    private CopySource(StoredModel model, string path)
    {
        // Without a pool: a connection that lived on there would lock out the service after the copy.
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1,
        }.ConnectionString);
        Rows = model.InSqlite(_connection);
    }

    /// <summary>For its model.</summary>
    public DbContext Rows { get; }

    /// <summary>Opens the file, or says why not.</summary>
    public static async Task<(CopySource? Source, string? Problem)> OpenAsync(StoredModel model, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetFullPath(folder), model.File);
        if (!File.Exists(path))
            return (null, $"{path} is not there. Name the data folder by --from.");

        var source = new CopySource(model, path);
        if (await source.ProblemAsync(path, cancellationToken) is not { } problem)
            return (source, null);

        await source.DisposeAsync();
        return (null, problem);
    }

    public SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // the names in it are the model's own
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    public async Task<long> CountAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        await using var command = Command($"SELECT count(*) FROM {table.InSource}");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The highest number that a column ever had, also of rows that are gone: SQLite remembers it. 0 if there was none.</summary>
    public async Task<long> LastNumberAsync(CopiedTable table, string column, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = $table), 0), coalesce(max({CopiedTable.Quoted(column)}), 0)) FROM {table.InSource}");
        command.Parameters.AddWithValue("$table", table.Name);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<string?> ProblemAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.OpenAsync(cancellationToken);

            // Whoever has a write-ahead log open holds a lock on the file for as long, idle or not. This one tolerates no other.
            await using var lockOut = Command("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
            await lockOut.ExecuteNonQueryAsync(cancellationToken);
            return await SchemaCheck.ProblemAsync(Rows, path, cancellationToken);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SqliteBusy or SqliteLocked)
        {
            return $"{path} is in use. Stop the service, and whatever else reads it.";
        }
        catch (SqliteException fault)
        {
            return $"{path} cannot be read: {fault.Message}";
        }
    }
}
