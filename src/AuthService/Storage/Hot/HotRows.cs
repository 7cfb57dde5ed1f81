using System.Data;
using System.Data.Common;
using AuthService.Storage.Rows;

namespace AuthService.Storage.Hot;

/// <summary>
/// Rows that are read and written thousands of times a second, by statements written by hand: what Entity Framework does for one of them
/// takes longer than the database does (docs/performance.md). All other rows go through <see cref="AuthDbContext"/>.
/// </summary>
/// <remarks>Belongs to a transaction. Not for several threads at once.</remarks>
internal abstract class HotRows
{
    /// <summary>Reads a session, and locks its row until the transaction ends.</summary>
    /// <returns>Null if there is none. Its changes are kept by <see cref="Work.Save"/>, not by themselves.</returns>
    public abstract Task<SessionRow?> LockSessionAsync(string id, CancellationToken cancellationToken);

    /// <summary>Writes what the transaction came to.</summary>
    public abstract Task WriteAsync(IReadOnlyList<SessionRow> sessions, IReadOnlyList<AuditEventRow> events, CancellationToken cancellationToken);

    protected static async Task<SessionRow?> ReadAsync(DbCommand select, CancellationToken cancellationToken)
    {
        await using var reader = await select.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? SessionColumns.Read(reader) : null;
    }
}
