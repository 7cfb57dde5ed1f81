using System.Collections.Concurrent;
using System.Diagnostics;
using AuthService.LoadTest.Statistics;

namespace AuthService.LoadTest.AuditAppend;

/// <summary>One way to append, by so many writers, and what it gave.</summary>
/// <param name="Name">Which.</param>
/// <param name="Writers">At once, each waiting for its commit before it goes on.</param>
/// <param name="Events">Of each transaction.</param>
/// <param name="EventsPerSecond">Durable.</param>
/// <param name="CommitsPerSecond">Of transactions.</param>
/// <param name="EventsPerFlush">Of the write-ahead log to the disk; null where nobody counts.</param>
/// <param name="Wait50">Milliseconds that a writer waited for its commit, half of them at most.</param>
/// <param name="Wait99">99 in a hundred at most.</param>
/// <param name="Others50">Commits of others that were done meanwhile.</param>
/// <param name="Others99">99 in a hundred at most.</param>
internal sealed record Arm(
    string Name, int Writers, int Events, double EventsPerSecond, double CommitsPerSecond, double? EventsPerFlush, double Wait50, double Wait99, double Others50, double Others99)
{
    /// <summary>Not counted: compiles what is to be measured, and warms up the database.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <param name="name">Of the arm.</param>
    /// <param name="writers">How many.</param>
    /// <param name="events">That each transaction appends.</param>
    /// <param name="time">For how long they do.</param>
    /// <param name="append">Appends so many, and returns when they are durable.</param>
    /// <param name="flushes">See <see cref="IBareStore.FlushesAsync"/>.</param>
    /// <param name="beside">What another writer does all the while, whose events do not count and whose commits do.</param>
    public static async Task<Arm> RunAsync(
        string name, int writers, int events, TimeSpan time, Func<int, Task> append, Func<Task<long?>> flushes, Func<Task>? beside = null)
    {
        await WriteAsync(WarmUp, writers, events, append, beside);
        var before = await flushes();
        var (waits, took) = await WriteAsync(time, writers, events, append, beside);
        var flushed = await flushes() - before;
        double[] times = [.. waits.Select(wait => wait.Time.TotalMilliseconds)], others = [.. waits.Select(wait => (double)wait.Others)];
        return new Arm(
            name, writers, events, waits.Count * events / took.TotalSeconds, waits.Count / took.TotalSeconds,
            flushed is > 0 && beside is null ? (double)waits.Count * events / flushed : null,
            Quantile.Of(times, 0.5), Quantile.Of(times, 0.99), Quantile.Of(others, 0.5), Quantile.Of(others, 0.99));
    }

    private static async Task<(IReadOnlyCollection<(TimeSpan Time, long Others)> Waits, TimeSpan Took)> WriteAsync(
        TimeSpan time, int writers, int events, Func<int, Task> append, Func<Task>? beside)
    {
        var waits = new ConcurrentBag<(TimeSpan, long)>();
        var started = Stopwatch.GetTimestamp();
        long commits = 0;
        var background = beside is null ? Task.CompletedTask : Task.Run(BesideAsync);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(WriterAsync)));
        var took = Stopwatch.GetElapsedTime(started);
        await background;
        return (waits, took);

        async Task WriterAsync()
        {
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var (asked, before) = (Stopwatch.GetTimestamp(), Interlocked.Read(ref commits));
                await append(events);
                waits.Add((Stopwatch.GetElapsedTime(asked), Interlocked.Increment(ref commits) - before - 1));
            }
        }

        async Task BesideAsync()
        {
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                await beside();
                Interlocked.Increment(ref commits);
            }
        }
    }
}
