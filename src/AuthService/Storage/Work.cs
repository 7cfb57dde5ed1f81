namespace AuthService.Storage;

/// <summary>One transaction: the rows, the time that counts in it, and what follows once it is durable.</summary>
public sealed class Work
{
    private List<Action>? _afterCommit;

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

    internal void Committed()
    {
        foreach (var action in _afterCommit ?? [])
            action();
    }
}
