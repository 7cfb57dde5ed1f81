using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AuthService.Storage.Sqlite;

/// <summary>The connection that writes, with its statements prepared: it runs transactions one after another, and commits them together.</summary>
/// <remarks>Of no more use once a member has thrown: dispose of it, which rolls back what was not committed.</remarks>
internal sealed class GroupCommit : IDisposable
{
    // A savepoint keeps the pages that it changes as they were: in memory, not in a file. The pages of a group fit into the cache of 8 MiB.
    private const string Pragmas = "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192";

    private readonly AuthDbContext _rows;
    private readonly SqliteHotRows _hot;
    private readonly SqliteCommand _savepoint;
    private readonly SqliteCommand _release;
    private readonly SqliteCommand _rollBack;
    private IDbContextTransaction? _transaction;

    private GroupCommit(AuthDbContext rows)
    {
        _rows = rows;
        var connection = (SqliteConnection)rows.Database.GetDbConnection();
        _hot = new SqliteHotRows(connection);
        (_savepoint, _release, _rollBack) = (connection.CreateCommand(), connection.CreateCommand(), connection.CreateCommand());
        (_savepoint.CommandText, _release.CommandText, _rollBack.CommandText) = ("SAVEPOINT one", "RELEASE one", "ROLLBACK TO one");
    }

    public static async Task<GroupCommit> OpenAsync(IDbContextFactory<AuthDbContext> contexts)
    {
        var rows = await contexts.CreateDbContextAsync();
        try
        {
            rows.Database.AutoSavepointsEnabled = false;
            await rows.Database.OpenConnectionAsync();
            await rows.Database.ExecuteSqlRawAsync(Pragmas);
            return new GroupCommit(rows);
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="IOException">The file has gone. What would be written now would go with it once this connection is closed.</exception>
    public async Task BeginAsync()
    {
        if (_rows.Database.GetDbConnection().DataSource is { Length: > 0 } file && !File.Exists(file))
            throw new IOException("The database's file is not there any more.");
        _transaction = await _rows.Database.BeginTransactionAsync(IsolationLevel.Serializable);
        _hot.Transaction = _savepoint.Transaction = _release.Transaction = _rollBack.Transaction = (SqliteTransaction)_transaction.GetDbTransaction();
    }

    /// <summary>Runs one of the group.</summary>
    /// <returns>Why it failed, which is its own affair; null if it is ready to be committed.</returns>
    public async Task<Exception?> RunAsync(Transaction transaction)
    {
        await _savepoint.ExecuteNonQueryAsync();
        try
        {
            await transaction.RunAsync(_rows, _hot);
            await _release.ExecuteNonQueryAsync();
            return null;
        }
#pragma warning disable CA1031 // its caller is told
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await UndoAsync(fault);
            return fault;
        }
        finally
        {
            _rows.ChangeTracker.Clear();
        }
    }

    /// <exception cref="IOException">SQLite has rolled back all that the group did, as it does where the disk is full.</exception>
    private async Task UndoAsync(Exception cause)
    {
        try
        {
            await _rollBack.ExecuteNonQueryAsync();
            await _release.ExecuteNonQueryAsync();
        }
        catch (SqliteException)
        {
            throw new IOException("SQLite has ended the transaction of the group.", cause);
        }
    }

    public async Task CommitAsync()
    {
        await _transaction!.CommitAsync();
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    public void Dispose()
    {
        _hot.Dispose();
        _savepoint.Dispose();
        _release.Dispose();
        _rollBack.Dispose();
        _transaction?.Dispose();
        _rows.Dispose();
    }
}
