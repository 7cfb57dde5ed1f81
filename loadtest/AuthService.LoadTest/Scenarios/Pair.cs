using AuthService.LoadTest.Load;
using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.Scenarios;

/// <summary>The service and the bare server under the same load, in turn: what else the machine does meets both.</summary>
internal static class Pair
{
    /// <summary>The round whose ratio is the median.</summary>
    /// <param name="bench">Where.</param>
    /// <param name="callers">Calls under way at once.</param>
    /// <param name="service">A call of a caller to the service, by number; gives gRPC's status.</param>
    /// <param name="bare">The same to the bare server.</param>
    public static async Task<(LoadResult Service, LoadResult Bare)> RunAsync(
        Bench bench, int callers, Func<int, Task<int>> service, Func<int, Task<int>> bare)
    {
        await ClosedLoop.WarmUpAsync(callers, bench.Options.WarmUp, bench.Echo, bare);
        await ClosedLoop.WarmUpAsync(callers, bench.Options.Time, bench.Subject.Process, service);
        var rounds = new List<(LoadResult Service, LoadResult Bare)>();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var baseline = await OneAsync(bench.Echo, bare);
            rounds.Add((await OneAsync(bench.Subject.Process, service), baseline));
        }

        return rounds.OrderBy(one => one.Service.PerSecond / one.Bare.PerSecond).ElementAt(rounds.Count / 2);

        async Task<LoadResult> OneAsync(ServerProcess? server, Func<int, Task<int>> call)
        {
            var result = await ClosedLoop.RunAsync(callers, bench.Options.WarmUp, bench.Options.Time, server, call);
            return result.Refused.Count == 0
                ? result
                : throw new InvalidOperationException($"Refused: {string.Join(", ", result.Refused.Select(one => $"{one.Value:N0} × {(Grpc.Core.StatusCode)one.Key}"))}.");
        }
    }
}
