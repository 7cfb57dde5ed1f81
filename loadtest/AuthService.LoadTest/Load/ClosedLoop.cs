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

        Task CallAsync(Tally counted, TimeSpan until) => ClosedLoop.CallAsync(callers, counted, until, call);
    }

    /// <summary>See <see cref="WarmUp"/>.</summary>
    /// <param name="callers">Calls under way at once.</param>
    /// <param name="time">Of the load; its end is waited for three times as long at most.</param>
    /// <param name="server">Who is to be warm, if it is known.</param>
    /// <param name="call">As above.</param>
    public static Task WarmUpAsync(int callers, TimeSpan time, ServerProcess? server, Func<int, Task<int>> call) =>
        WarmUp.RunAsync(server, time * 3, () => CallAsync(callers, new Tally(server: null), time, call));

    private static Task CallAsync(int callers, Tally counted, TimeSpan until, Func<int, Task<int>> call) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            while (counted.Elapsed < until)
            {
                var sent = Stopwatch.GetTimestamp();
                counted.Add(await call(caller), sent);
            }
        })));
}
