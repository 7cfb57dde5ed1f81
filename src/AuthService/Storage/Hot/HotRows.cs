using System.Data.Common;
using AuthService.Storage.Rows;

namespace AuthService.Storage.Hot;

/// <summary>
/// Rows that every login or refresh reads and writes, by statements written by hand: what Entity Framework does for one of them takes longer
/// than the database does (docs/performance.md). All other rows go through <see cref="AuthDbContext"/>.
/// </summary>
/// <remarks>Belongs to a transaction. Not for several threads at once. A transaction reads a row one way or the other, not both.</remarks>
internal abstract class HotRows
{
    /// <summary>In this store's words.</summary>
    public abstract Statements Statements { get; }

    /// <summary>The row that a statement finds, or null.</summary>
    public abstract Task<TRow?> FindAsync<TKey, TRow>(
        Statement<TKey> select, TKey key, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
        where TRow : class;

    /// <summary>Runs a statement now.</summary>
    /// <returns>How many rows it changed.</returns>
    public abstract Task<int> RunAsync<TValues>(Statement<TValues> statement, TValues values, CancellationToken cancellationToken);

    /// <summary>Runs statements in their order, and writes the events after them.</summary>
    public abstract Task WriteAsync(IReadOnlyList<HotWrite> writes, IReadOnlyList<AuditEventRow> events, CancellationToken cancellationToken);

    protected static async Task<TRow?> ReadAsync<TRow>(DbCommand select, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
        where TRow : class
    {
        await using var reader = await select.ExecuteReaderAsync(System.Data.CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader) : null;
    }
}
