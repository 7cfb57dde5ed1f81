using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AuthService.Storage;

/// <summary>How one database takes writes: what SQLite and PostgreSQL do differently. Each database has one of its own.</summary>
public abstract class Store
{
    /// <summary>
    /// Runs what makes a transaction of its own, and again if the database says that it lost against another one at the same time. It must
    /// therefore leave nothing behind but rows.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(Func<Task<T>> transaction, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a transaction, and again if the database says that it lost against another one at the same time. When this returns it is
    /// durable, and was told so (<see cref="Transaction.Committed"/>).
    /// </summary>
    internal abstract Task RunAsync(Transaction transaction, IDbContextFactory<AuthDbContext> contexts);

    /// <summary>From here to its commit no other transaction that comes here commits: what is counted up now is in the commits' order.</summary>
    public abstract Task LineUpAsync(DbContext rows, CancellationToken cancellationToken);

    /// <summary>After keys of accounts were deleted: has the database forget their bytes too, as far as it can.</summary>
    /// <exception cref="TimeoutException">Somebody still reads them: run it again.</exception>
    public abstract Task ForgetDeletedAsync(DbContext rows);

    /// <summary>Returns when the database answers.</summary>
    /// <exception cref="InvalidOperationException">It did not within this time. The message is for the operator.</exception>
    public virtual Task WaitUntilItAnswersAsync(DbContext rows, TimeSpan patience, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes the place that the next events of the audit log go to. Again without harm, and by many at once.</summary>
    public virtual Task MakeRoomForEventsAsync(DbContext rows, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is wrong with the database, one sentence each: broken, or set up to lose what it acknowledged.</summary>
    public abstract Task<IReadOnlyList<string>> ProblemsAsync(DbContext rows, CancellationToken cancellationToken);

    /// <summary>Whether the fault is the store's: it could not be reached, it refused, or it went away in the middle.</summary>
    internal static bool IsFault(Exception fault)
    {
        // Providers wrap what may pass by itself in an InvalidOperationException, to advertise their retries.
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException or DbUpdateException or IOException or SocketException || IsAfterBreaking(cause))
                return true;
        }

        return fault is TimeoutException;
    }

    /// <summary>On a connection that broke, Npgsql calls the next statement a misuse.</summary>
    private static bool IsAfterBreaking(Exception fault) =>
        fault is InvalidOperationException && fault.Source == typeof(NpgsqlConnection).Assembly.GetName().Name;
}
