namespace AuthService.Storage;

/// <summary>One transaction: the rows, the time that counts in it, and what follows once it is durable.</summary>
public sealed class Work
{
    private List<Action>? _afterCommit;
    private List<Func<ValueTask>>? _afterwards;
    private List<object>? _last;

    internal Work(AuthDbContext rows, DateTimeOffset now)
    {
        Rows = rows;
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

    /// <summary>What <see cref="AddLast"/> was given.</summary>
    internal IReadOnlyList<object> Last => _last ?? [];

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
