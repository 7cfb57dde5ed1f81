using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage.Sqlite;

/// <summary>
/// SQLite has one writer at a time. Waiting for it in line here costs microseconds; waiting inside SQLite means polling its lock.
/// </summary>
internal sealed class SqliteStore : Store, IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);

    public override async Task<T> WriteAsync<T>(Func<Task<T>> transaction, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await transaction();
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>There is one writer at a time anyway.</summary>
    public override Task LineUpAsync(DbContext rows, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The pages are overwritten (<c>secure_delete</c>); the write-ahead log, which holds them as they were, is emptied.</summary>
    public override async Task ForgetDeletedAsync(DbContext rows)
    {
        await rows.Database.OpenConnectionAsync();
        await using var command = rows.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";

        // The answer's first column says whether somebody was still reading, after busy_timeout.
        if (Convert.ToInt32(await command.ExecuteScalarAsync(), null) != 0)
            throw new TimeoutException("The write-ahead log is in use.");
    }

    public override async Task<IReadOnlyList<string>> ProblemsAsync(DbContext rows, CancellationToken cancellationToken)
    {
        var answer = await rows.Database.SqlQueryRaw<string>("PRAGMA quick_check(1)").ToListAsync(cancellationToken);
        return answer is ["ok"] ? [] : [.. answer.Select(problem => $"broken: {problem}")];
    }

    public void Dispose() => _writer.Dispose();
}
