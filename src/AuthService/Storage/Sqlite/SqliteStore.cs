using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage.Sqlite;

/// <summary>
/// SQLite has one writer at a time, and a commit that waits for the disk. So transactions line up here, and those that have come together
/// while the one before waited are committed as one: each still stands or falls by itself, and nobody is answered before it is durable.
/// </summary>
internal sealed class SqliteStore : Store, IDisposable
{
    /// <summary>More in one commit save little, and make the first of them wait.</summary>
    internal const int MostAtOnce = 64;

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly Lock _lock = new();
    private readonly LinkedList<InLine> _line = new();
    private bool _isServed;
    private GroupCommit? _group;

    /// <summary>Transactions in line.</summary>
    internal int LineLength
    {
        get
        {
            lock (_lock)
                return _line.Count;
        }
    }

    public override async Task<T> WriteAsync<T>(Func<Task<T>> transaction, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await transaction();
        }
        finally
        {
            _writer.Release();
        }
    }

    internal override async Task RunAsync(Transaction transaction, IDbContextFactory<AuthDbContext> contexts)
    {
        var place = new LinkedListNode<InLine>(new InLine(transaction));
        lock (_lock)
        {
            _line.AddLast(place);
            if (!_isServed)
                _ = Task.Run(() => ServeAsync(contexts), CancellationToken.None);
            _isServed = true;
        }

        await using var givingUp = transaction.Cancellation.Register(() => GiveUp(place));
        await place.Value.Done.Task;
    }

    /// <summary>There is one writer at a time anyway.</summary>
    public override Task LineUpAsync(DbContext rows, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The pages are overwritten (<c>secure_delete</c>); the write-ahead log, which holds them as they were, is emptied.</summary>
    public override async Task ForgetDeletedAsync(DbContext rows)
    {
        await rows.Database.OpenConnectionAsync();
        await using var command = rows.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";

        // The answer's first column says whether somebody was still reading, after busy_timeout.
        if (Convert.ToInt32(await command.ExecuteScalarAsync(), null) != 0)
            throw new TimeoutException("The write-ahead log is in use.");
    }

    public override async Task<IReadOnlyList<string>> ProblemsAsync(DbContext rows, CancellationToken cancellationToken)
    {
        var answer = await rows.Database.SqlQueryRaw<string>("PRAGMA quick_check(1)").ToListAsync(cancellationToken);
        return answer is ["ok"] ? [] : [.. answer.Select(problem => $"broken: {problem}")];
    }

    public void Dispose()
    {
        _group?.Dispose();
        _writer.Dispose();
    }

    /// <summary>Whoever is not in line any more has been started: from there on the outcome is the store's to say.</summary>
    private void GiveUp(LinkedListNode<InLine> place)
    {
        lock (_lock)
        {
            if (place.List is null)
                return;
            _line.Remove(place);
        }

        place.Value.Done.SetCanceled(place.Value.Transaction.Cancellation);
    }

    private bool TryTakeNext([NotNullWhen(true)] out InLine? next)
    {
        lock (_lock)
        {
            next = _line.First?.Value;
            if (next is not null)
                _line.RemoveFirst();
            return next is not null;
        }
    }

    /// <summary>Until the line is empty. Does not throw: those in line are told.</summary>
    private async Task ServeAsync(IDbContextFactory<AuthDbContext> contexts)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_line.Count == 0)
                {
                    _isServed = false;
                    return;
                }
            }

            await CommitAsync(contexts);
        }
    }

    private async Task CommitAsync(IDbContextFactory<AuthDbContext> contexts)
    {
        var served = new List<InLine>();
        Exception? broken = null;
        try
        {
            await _writer.WaitAsync(CancellationToken.None);
            try
            {
                await CommitAsync(served, contexts);
            }
            finally
            {
                _writer.Release();
            }
        }
#pragma warning disable CA1031 // whatever it is, those who wait are told
        catch (Exception fault)
#pragma warning restore CA1031
        {
            broken = fault;
            Abandon();
            if (served.Count == 0 && TryTakeNext(out var first))
                served.Add(first);
        }

        foreach (var one in served)
        {
            if ((broken ?? one.Fault) is { } fault)
                one.Done.SetException(fault);
            else
                one.Done.SetResult();
        }
    }

    private async Task CommitAsync(List<InLine> served, IDbContextFactory<AuthDbContext> contexts)
    {
        _group ??= await GroupCommit.OpenAsync(contexts);
        await _group.BeginAsync();
        while (served.Count < MostAtOnce && TryTakeNext(out var next))
        {
            served.Add(next);
            next.Fault = await _group.RunAsync(next.Transaction);
        }

        await _group.CommitAsync();
        foreach (var one in served.Where(one => one.Fault is null))
            one.Transaction.Committed();
    }

    /// <summary>The next group has a connection of its own.</summary>
    private void Abandon()
    {
        var broken = _group;
        _group = null;
        try
        {
            broken?.Dispose();
        }
        catch (Exception fault) when (IsFault(fault))
        {
            // It failed before, and those whom that concerns are told of that.
        }
    }

    private sealed class InLine(Transaction transaction)
    {
        public Transaction Transaction { get; } = transaction;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Of itself alone: what it did is undone. What others did stands.</summary>
        public Exception? Fault { get; set; }
    }
}
