using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthService.LoadTest.Growth;

/// <summary>The time that a service spends waiting for its databases: statements and commits, not the mapping around them.</summary>
internal sealed class StoreTime : DbCommandInterceptor, IDbTransactionInterceptor
{
    private readonly ConcurrentDictionary<string, (long Calls, long Ticks)> _statements = new(StringComparer.Ordinal);
    private long _ticks;

    /// <summary>The statements that took longest altogether: how often, and milliseconds each.</summary>
    public IReadOnlyList<(string Statement, long Calls, double Each)> Slowest(int most) =>
    [
        .. _statements.OrderByDescending(entry => entry.Value.Ticks).Take(most)
            .Select(entry => (entry.Key, entry.Value.Calls, TimeSpan.FromTicks(entry.Value.Ticks / entry.Value.Calls).TotalMilliseconds)),
    ];

    /// <summary>Since the last time it was asked.</summary>
    public TimeSpan Take() => TimeSpan.FromTicks(Interlocked.Exchange(ref _ticks, 0));

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) => Add(eventData, result);

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) => Add(eventData, result);

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default) => Add(eventData, result);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Add("COMMIT", eventData.Duration);
        return Task.CompletedTask;
    }

    private ValueTask<T> Add<T>(CommandExecutedEventData eventData, T result)
    {
        Add(eventData.Command.CommandText, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    private void Add(string statement, TimeSpan took)
    {
        Interlocked.Add(ref _ticks, took.Ticks);
        _statements.AddOrUpdate(statement, (1, took.Ticks), (_, sum) => (sum.Calls + 1, sum.Ticks + took.Ticks));
    }
}
