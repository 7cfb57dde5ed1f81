using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage;

/// <summary>The one way to read and to write rows.</summary>
/// <remarks>A use case does what is slow (hashing, sending) outside its transactions.</remarks>
public sealed class Database(IDbContextFactory<AuthDbContext> contexts, Store store, TimeProvider clock)
{
    /// <summary>
    /// Runs <paramref name="work"/> in one transaction, and returns when it is durable. An exception rolls it back. If it met another
    /// one that was first, it runs again: it keeps nothing outside its rows.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached, or refused.</exception>
    public Task<T> WriteAsync<T>(Func<Work, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(work, decidesByLockedRows: false, cancellationToken);

    /// <summary>
    /// The same for work that decides by nothing but the rows that it locks (<see cref="Work.LockSessionAsync"/>): it waits for whoever is
    /// changing them, instead of running again.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached, or refused.</exception>
    public Task<T> WriteLockedAsync<T>(Func<Work, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(work, decidesByLockedRows: true, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}(Func{Work, Task{T}}, CancellationToken)"/>
    public Task WriteAsync(Func<Work, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(
            async unit =>
            {
                await work(unit);
                return true;
            },
            cancellationToken);

    /// <summary>Runs <paramref name="query"/> on a snapshot; nothing that it changes is kept.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async Task<T> ReadAsync<T>(Func<AuthDbContext, Task<T>> query, CancellationToken cancellationToken)
    {
        try
        {
            await using var rows = await contexts.CreateDbContextAsync(cancellationToken);
            rows.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            return await query(rows);
        }
        catch (Exception fault) when (Store.IsFault(fault))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new StoreUnavailableException(fault);
        }
    }

    /// <summary>The time as the store keeps it.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    private async Task<T> WriteAsync<T>(Func<Work, Task<T>> work, bool decidesByLockedRows, CancellationToken cancellationToken)
    {
        var transaction = new Transaction<T>(work, store, Now, cancellationToken) { DecidesByLockedRows = decidesByLockedRows };
        try
        {
            await store.RunAsync(transaction, contexts);
            return await transaction.FollowAsync();
        }
        catch (Exception fault) when (Store.IsFault(fault))
        {
            // A statement that its caller gave up looks like one that the store refused.
            cancellationToken.ThrowIfCancellationRequested();
            throw new StoreUnavailableException(fault);
        }
    }
}
