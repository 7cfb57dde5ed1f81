using AuthService.Storage.Hot;

namespace AuthService.Storage;

/// <summary>What is to be done in one transaction, as a store runs it: whole, or, if it throws, not at all.</summary>
/// <param name="cancellation">Its caller's. From the commit on the outcome is the store's to say.</param>
internal abstract class Transaction(CancellationToken cancellation)
{
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Whether it reads nothing but rows that it locks: then it need not be told apart from others by the database.</summary>
    public bool DecidesByLockedRows { get; init; }

    /// <summary>All but the commit. Perhaps more than once: what an earlier run came to is forgotten.</summary>
    public abstract Task RunAsync(AuthDbContext rows, HotRows hot);

    /// <summary>To be called when it is durable. Does not throw.</summary>
    public abstract void Committed();
}

/// <summary>A transaction with a result.</summary>
/// <param name="work">Leaves nothing behind but rows, and what it does after the commit.</param>
/// <param name="store">Where it runs.</param>
/// <param name="now">Asked at each run.</param>
/// <param name="cancellation">See <see cref="Transaction"/>.</param>
internal sealed class Transaction<T>(Func<Work, Task<T>> work, Store store, Func<DateTimeOffset> now, CancellationToken cancellation)
    : Transaction(cancellation)
{
    private (T Result, Work Unit)? _outcome;

    public override async Task RunAsync(AuthDbContext rows, HotRows hot)
    {
        _outcome = null;
        var unit = new Work(rows, hot, now());
        var result = await work(unit);
        await unit.SaveAsync(Cancellation);
        if (unit.Last.Count > 0)
        {
            await store.LineUpAsync(rows, Cancellation);
            rows.AddRange(unit.Last);
            await rows.SaveChangesAsync(Cancellation);
        }

        _outcome = (result, unit);
    }

    public override void Committed() => _outcome!.Value.Unit.Committed();

    /// <summary>Once it is durable: does what has to be waited for, and gives the result.</summary>
    public async Task<T> FollowAsync()
    {
        var (result, unit) = _outcome!.Value;
        await unit.FollowAsync();
        return result;
    }
}
