using System.Data;
using System.Diagnostics;
using System.Globalization;
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
    /// <summary>Whoever loses for so long is told to come back later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A row that is still in the way after so many tries is not one that another transaction has just made.</summary>
    private const int TriesForARow = 8;

    /// <summary>Of so many that collide again and again, few enough are awake at once to get through.</summary>
    private const int LongestPauseMilliseconds = 512;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>The lock's number: any, as long as nothing else in this database takes it.</summary>
    private const long CommitOrder = 0x4155_5448_0001;

    public override async Task<T> WriteAsync<T>(Func<Task<T>> transaction, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        for (var lost = 0; ; lost++)
        {
            try
            {
                return await transaction();
            }
            catch (Exception fault) when (Stopwatch.GetElapsedTime(started) < Patience && HasLost(fault, lost))
            {
                if (lost > 4)
                    log.LostAgain(lost);
                // Those who collided must not meet again at once.
                await Task.Delay(RandomNumberGenerator.GetInt32(1 + Math.Min(LongestPauseMilliseconds, 1 << Math.Min(lost, 16))), cancellationToken);
            }
        }
    }

    internal override Task RunAsync(Transaction transaction, IDbContextFactory<AuthDbContext> contexts) => WriteAsync(
        async () =>
        {
            await using var rows = await contexts.CreateDbContextAsync(transaction.Cancellation);
            await using var unit = await rows.Database.BeginTransactionAsync(
                transaction.DecidesByLockedRows ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, transaction.Cancellation);
            await transaction.RunAsync(rows, new PostgresHotRows(rows));

            // From here on the outcome is the store's to say: a caller that hangs up must not leave it open.
            await unit.CommitAsync(CancellationToken.None);
            transaction.Committed();
            return true;
        },
        transaction.Cancellation);

    public override Task LineUpAsync(DbContext rows, CancellationToken cancellationToken) =>
        rows.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({CommitOrder})", cancellationToken);

    /// <summary>
    /// Dead rows are taken out of their pages. Their bytes may stay in a page's free space and in the log until those are written
    /// over; they are wrapped under a key that is not in the database, see docs/operations.md.
    /// </summary>
    public override Task ForgetDeletedAsync(DbContext rows) =>
        rows.Database.ExecuteSqlRawAsync("VACUUM account_keys.\"AccountKeys\"");

    public override async Task WaitUntilItAnswersAsync(DbContext rows, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(BetweenLooks);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await rows.Database.OpenConnectionAsync(cancellationToken);
                await rows.Database.CloseConnectionAsync();
                return;
            }
            catch (Exception fault) when (StandingOf(fault) != Standing.Refused)
            {
                // That it has no such database is for the migration to change, or to tell.
                if (StandingOf(fault) == Standing.Answered)
                    return;
                if (Stopwatch.GetElapsedTime(started) >= patience)
                    throw new InvalidOperationException($"PostgreSQL does not answer, and was waited for as long as Storage:WaitAtStart says: {Innermost(fault).Message}", fault);
                if (tries == 1)
                    log.WaitsForPostgres(patience.TotalSeconds, Innermost(fault).Message);
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static Standing StandingOf(Exception fault) => Innermost(fault) switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => Standing.Answered,
        PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow } => Standing.Refused,
        _ when IsFault(fault) => Standing.Awaited,
        _ => Standing.Refused,
    };

    /// <summary>Entity Framework wraps what may pass by itself.</summary>
    private static Exception Innermost(Exception fault) => fault is InvalidOperationException { InnerException: { } cause } ? cause : fault;

    public override Task MakeRoomForEventsAsync(DbContext rows, CancellationToken cancellationToken) =>
        AuditPartitions.MakeRoomAsync(rows, cancellationToken);

    public override async Task<IReadOnlyList<string>> ProblemsAsync(DbContext rows, CancellationToken cancellationToken)
    {
        var problems = await rows.Database.SqlQueryRaw<string>(
            "SELECT name || ' is off: what was acknowledged may be lost' AS \"Value\" FROM pg_settings "
            + "WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off'").ToListAsync(cancellationToken);
        if (await AuditPartitions.RoomAsync(rows, cancellationToken) is < AuditPartitions.Size and var room)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"the audit log has room for {room:N0} more events: a service that starts makes more"));
        return problems;
    }

    /// <summary>The transaction was rolled back since another one was first.</summary>
    private static bool HasLost(Exception fault, int before)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException
                {
                    SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable,
                })
                return true;
            // A row that another transaction made meanwhile: run again, and it is seen.
            if (cause is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or DbUpdateConcurrencyException)
                return before + 1 < TriesForARow;
        }

        return false;
    }

    private enum Standing
    {
        /// <summary>Nobody listens, or it is on its way up.</summary>
        Awaited,

        /// <summary>It is up.</summary>
        Answered,

        /// <summary>By what waiting does not change, a password for instance.</summary>
        Refused,
    }
}
