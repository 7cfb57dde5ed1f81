using System.Diagnostics;
using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.Load;

/// <summary>So many callers, each of whom calls again when it has its answer: how much a server can do.</summary>
internal static class ClosedLoop
{
    /// <param name="callers">Calls under way at once.</param>
    /// <param name="warmUp">Goes before, and is not counted.</param>
    /// <param name="time">How long is counted.</param>
    /// <param name="server">Whose processor time is read, if any.</param>
    /// <param name="call">One call of a caller, by number; gives gRPC's status.</param>
    public static async Task<LoadResult> RunAsync(int callers, TimeSpan warmUp, TimeSpan time, ServerProcess? server, Func<int, Task<int>> call)
    {
        await CallAsync(new Tally(server: null), warmUp);
        var tally = new Tally(server);
        await CallAsync(tally, time);
        return tally.Result();

        async Task CallAsync(Tally counted, TimeSpan until)
        {
            await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
            {
                while (counted.Elapsed < until)
                {
                    var sent = Stopwatch.GetTimestamp();
                    counted.Add(await call(caller), sent);
                }
            })));
        }
    }
}
