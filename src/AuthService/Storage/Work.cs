using System.Data.Common;
using AuthService.Storage.Hot;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;

namespace AuthService.Storage;

/// <summary>One transaction: the rows, the time that counts in it, and what follows once it is durable.</summary>
public sealed class Work
{
    private static readonly object Found = new();

    private List<Action>? _afterCommit;
    private List<Func<ValueTask>>? _afterwards;
    private readonly HotRows _hot;
    private List<object>? _last;
    private List<HotWrite>? _writes;
    private List<AuditEventRow>? _events;

    internal Work(AuthDbContext rows, HotRows hot, DateTimeOffset now)
    {
        Rows = rows;
        _hot = hot;
        Now = now;
    }

    public AuthDbContext Rows { get; }

    /// <summary>Read once, so that all that a transaction writes bears the same time; whole milliseconds, as they are stored.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>
    /// Runs when the transaction is durable, before its caller is answered; not at all if it fails. For what lives in memory:
    /// caches to correct, dispatchers to wake. Must not throw.
    /// </summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>The same for what lives elsewhere and has to be waited for, with the transaction and its connection given back.</summary>
    public void AfterCommit(Func<ValueTask> action) => (_afterwards ??= []).Add(action);

    /// <summary>
    /// Adds a row whose number, which the database counts up, must tell the order of the commits: it is written last, when no other
    /// transaction can get in between it and the commit. Who reads such rows up to a number has missed none before it.
    /// </summary>
    public void AddLast(object row) => (_last ??= []).Add(row);

    /// <summary>Appends to the audit log. The database gives the event its number.</summary>
    public void Append(AuditEventRow row) => (_events ??= []).Add(row);

    /// <summary>Reads a session and locks its row, or null if there is none. <see cref="Write"/> it if it is changed.</summary>
    internal Task<SessionRow?> LockSessionAsync(SessionId session, CancellationToken cancellationToken) =>
        FindAsync(statements => statements.SelectSession, session.Value, SessionColumns.Read, cancellationToken);

    /// <summary>Reads a row by hand, or null if there is none, as this transaction left it. <see cref="Write"/> it if it is changed.</summary>
    internal async Task<TRow?> FindAsync<TKey, TRow>(
        Func<Statements, Statement<TKey>> select, TKey key, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
        where TRow : class
    {
        var statement = select(_hot.Statements);
        if (_writes is not null && _writes.Exists(write => write.Statement.Table == statement.Table))
        {
            await _hot.WriteAsync(_writes, [], cancellationToken);
            _writes.Clear();
        }

        return await _hot.FindAsync(statement, key, read, cancellationToken);
    }

    /// <summary>Whether a statement finds anything.</summary>
    internal async Task<bool> FindsAsync<TKey>(Func<Statements, Statement<TKey>> select, TKey key, CancellationToken cancellationToken) =>
        await FindAsync(select, key, static _ => Found, cancellationToken) is not null;

    /// <summary>Runs a statement by hand, now.</summary>
    /// <returns>How many rows it changed.</returns>
    internal Task<int> RunAsync<TValues>(Func<Statements, Statement<TValues>> statement, TValues values, CancellationToken cancellationToken) =>
        _hot.RunAsync(statement(_hot.Statements), values, cancellationToken);

    /// <summary>
    /// Has a statement run at the end of the transaction, or before the next read of its table, with the values that the row has then.
    /// </summary>
    internal void Write<TValues>(Func<Statements, Statement<TValues>> statement, TValues values) =>
        (_writes ??= []).Add(new HotWrite<TValues>(statement(_hot.Statements), values));

    /// <summary>What <see cref="AddLast"/> was given.</summary>
    internal IReadOnlyList<object> Last => _last ?? [];

    /// <summary>What <see cref="Append"/> was given.</summary>
    internal IReadOnlyList<AuditEventRow> Events => _events ?? [];

    /// <summary>Writes all rows but <see cref="Last"/>.</summary>
    internal async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_writes is { Count: > 0 } || _events is not null)
            await _hot.WriteAsync(_writes ?? [], _events ?? [], cancellationToken);
        await Rows.SaveChangesAsync(cancellationToken);
    }

    internal void Committed()
    {
        foreach (var action in _afterCommit ?? [])
            action();
    }

    internal async ValueTask FollowAsync()
    {
        foreach (var action in _afterwards ?? [])
            await action();
    }
}
