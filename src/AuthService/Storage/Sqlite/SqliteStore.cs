using System.Collections.Concurrent;
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
    private readonly ConcurrentQueue<InLine> _line = new();
    private int _isServed;
    private GroupCommit? _group;

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
        var place = new InLine(transaction);
        _line.Enqueue(place);
        if (Interlocked.Exchange(ref _isServed, 1) == 0)
            _ = Task.Run(() => ServeAsync(contexts), CancellationToken.None);

        await using var givingUp = transaction.Cancellation.Register(place.GiveUp);
        await place.Done.Task;
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

    /// <summary>Until the line is empty. Does not throw: those in line are told.</summary>
    private async Task ServeAsync(IDbContextFactory<AuthDbContext> contexts)
    {
        do
        {
            while (!_line.IsEmpty)
                await CommitAsync(contexts);
            Volatile.Write(ref _isServed, 0);

            // Somebody may have come in between, and have seen that the line is served.
        }
        while (!_line.IsEmpty && Interlocked.Exchange(ref _isServed, 1) == 0);
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
            _group?.Dispose();
            _group = null;
            if (served.Count == 0 && _line.TryDequeue(out var first) && first.TryStart())
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
        while (served.Count < MostAtOnce && _line.TryDequeue(out var next))
        {
            if (!next.TryStart())
                continue;
            served.Add(next);
            next.Fault = await _group.RunAsync(next.Transaction);
        }

        await _group.CommitAsync();
        foreach (var one in served.Where(one => one.Fault is null))
            one.Transaction.Committed();
    }

    private sealed class InLine(Transaction transaction)
    {
        private const int Waiting = 0, Started = 1, GivenUp = 2;

        private int _state;

        public Transaction Transaction { get; } = transaction;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Of itself alone: what it did is undone. What others did stands.</summary>
        public Exception? Fault { get; set; }

        /// <summary>False if its caller waits no longer. From here on the outcome is the store's to say.</summary>
        public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

        public void GiveUp()
        {
            if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting)
                Done.SetCanceled(Transaction.Cancellation);
        }
    }
}
