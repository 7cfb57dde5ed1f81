using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AuthService.Storage.Postgres;

/// <summary>
/// Many writers, of many replicas. Transactions are serializable: use cases read, decide and write as if they were alone, and one
/// that was not is told so by the database, has changed nothing, and runs again.
/// </summary>
internal sealed class PostgresStore(ILogger<PostgresStore> log) : Store
{
    /// <summary>Far more than any real contention takes; whoever loses that often is told to come back later.</summary>
    private const int Tries = 24;

    private const int LongestPauseMilliseconds = 64;

    /// <summary>The lock's number: any, as long as nothing else in this database takes it.</summary>
    private const long CommitOrder = 0x4155_5448_0001;

    public override async Task<T> WriteAsync<T>(Func<Task<T>> transaction, CancellationToken cancellationToken)
    {
        for (var lost = 0; ; lost++)
        {
            try
            {
                return await transaction();
            }
            catch (Exception fault) when (lost + 1 < Tries && HasLost(fault))
            {
                if (lost > 4)
                    log.LostAgain(lost);
                // Those who collided must not meet again at once.
                await Task.Delay(RandomNumberGenerator.GetInt32(1 + Math.Min(LongestPauseMilliseconds, 1 << lost)), CancellationToken.None);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public override Task LineUpAsync(DbContext rows, CancellationToken cancellationToken) =>
        rows.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({CommitOrder})", cancellationToken);

    /// <summary>
    /// Dead rows are taken out of their pages. Their bytes may stay in a page's free space and in the log until those are written
    /// over; they are wrapped under a key that is not in the database, see docs/operations.md.
    /// </summary>
    public override Task ForgetDeletedAsync(DbContext rows) =>
        rows.Database.ExecuteSqlRawAsync("VACUUM account_keys.\"AccountKeys\"");

    public override async Task<IReadOnlyList<string>> ProblemsAsync(DbContext rows, CancellationToken cancellationToken) =>
        await rows.Database.SqlQueryRaw<string>(
            "SELECT name || ' is off: what was acknowledged may be lost' AS \"Value\" FROM pg_settings "
            + "WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off'").ToListAsync(cancellationToken);

    /// <summary>The transaction was rolled back since another one was first.</summary>
    private static bool HasLost(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            // A row that another transaction made meanwhile: run again, and it is seen.
            if (cause is PostgresException
                {
                    SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                        or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable,
                })
                return true;
            if (cause is DbUpdateConcurrencyException)
                return true;
        }

        return false;
    }
}
