using System.Diagnostics;
using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.Load;

/// <summary>
/// Calls that come when they come, whether the ones before have their answers or not. Each is timed from when it should have been sent:
/// a server that stands still for a second has let all that came in that second wait (no coordinated omission).
/// </summary>
internal static class OpenLoop
{
    /// <summary>Calls under way at once, at most. More are counted as unsent.</summary>
    public const int Most = 4_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <param name="perSecond">How many come at a moment, by the time since the start.</param>
    /// <param name="time">How long they come.</param>
    /// <param name="server">Whose processor time is read, if any.</param>
    /// <param name="call">One call, by number; gives gRPC's status.</param>
    /// <param name="end">Ends it before its time.</param>
    public static async Task<LoadResult> RunAsync(
        Func<TimeSpan, double> perSecond, TimeSpan time, ServerProcess? server, Func<long, Task<int>> call, CancellationToken end = default)
    {
        var tally = new Tally(server);
        using var room = new SemaphoreSlim(Most);
        using var timer = new PeriodicTimer(Tick);
        var (number, unsent, due, before) = (0L, 0L, 0.0, Stopwatch.GetTimestamp());
        while (tally.Elapsed < time && !end.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            var now = Stopwatch.GetTimestamp();
            var (since, span) = (due, now - before);
            due += perSecond(tally.Elapsed) * span / Stopwatch.Frequency;
            for (var next = (long)Math.Floor(since) + 1; next <= due; next++)
            {
                // Evenly over the time that has passed: the timer is coarser than the rate.
                var sent = before + (long)(span * ((next - since) / (due - since)));
                if (room.Wait(0, CancellationToken.None))
                    _ = CallAsync(number++, sent);
                else
                    unsent++;
            }

            before = now;
        }

        for (var left = 0; left < Most; left++)
            await room.WaitAsync(CancellationToken.None);
        return tally.Result(unsent);

        async Task CallAsync(long which, long sent)
        {
            try
            {
                tally.Add(await call(which), sent);
            }
            finally
            {
                room.Release();
            }
        }
    }
}
