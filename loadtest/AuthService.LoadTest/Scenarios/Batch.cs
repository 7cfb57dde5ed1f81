using AuthService.LoadTest.Load;

namespace AuthService.LoadTest.Scenarios;

/// <summary>Services ask about a hundred tokens with each call.</summary>
internal sealed class Batch : IScenario
{
    private const int Callers = 32;
    private const int Different = 50;

    public string Name => "batch";

    public string Description => $"{Bench.BatchSize} tokens with each call.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        await bench.Residents.RenewAsync(bench.Subject);
        var calls = Enumerable.Range(0, Different).Select(number => bench.Batch(number * Bench.BatchSize)).ToArray();
        var next = 0;
        var (service, bare) = await Pair.RunAsync(bench, Callers, caller => CallAsync(bench.Service, caller), caller => CallAsync(bench.Bare, caller));
        return [new Finding(
            Name, $"BatchValidateSessions, {Bench.BatchSize} tokens", service.PerSecond * Bench.BatchSize, "tokens/s", "echo of the same bytes", bare.PerSecond * Bench.BatchSize)
        {
            Load = service, Note = Costs.Of(service, bare),
        }];

        async Task<int> CallAsync(Connections connections, int caller) =>
            (await connections.CallAsync(caller, calls[(uint)Interlocked.Increment(ref next) % Different])).Status;
    }
}
