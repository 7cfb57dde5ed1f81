using AuthService.LoadTest.Load;

namespace AuthService.LoadTest.Scenarios;

/// <summary>Services ask about so many tokens, one call for each.</summary>
internal sealed class Validate(string name, string description, int mostTokens, Goal goal) : IScenario
{
    /// <summary>An answer that says no is shorter.</summary>
    private const int LeastActive = 64;

    public string Name => name;

    public string Description => description;

    public static IScenario Hot { get; } = new Validate("validate-hot", "One token, asked about all the time.", 1, Goal.AtLeast(.85));

    public static IScenario TenThousand { get; } = new Validate("validate-10k", "10,000 tokens, each asked about in turn.", 10_000, Goal.AtLeast(.75));

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        await bench.Residents.RenewAsync(bench.Subject);
        var calls = Enumerable.Range(0, Math.Min(mostTokens, bench.Residents.Sessions)).Select(bench.Validation).ToArray();
        var next = 0;
        var (service, bare) = await Pair.RunAsync(
            bench, Bench.ManyCallers, caller => ActiveAsync(bench.Service, caller, Next()), caller => ActiveAsync(bench.Bare, caller, Next()));
        return [new Finding(name, calls.Length == 1 ? "ValidateSession, one token" : $"ValidateSession, {calls.Length:N0} tokens", service.PerSecond, "calls/s", "echo of the same bytes", bare.PerSecond)
        {
            Goal = goal, Load = service, Note = Costs.Of(service, bare),
        }];

        RawRequest Next() => calls[(uint)Interlocked.Increment(ref next) % (uint)calls.Length];
    }

    /// <returns>NOT_FOUND for a session that is not good.</returns>
    public static async Task<int> ActiveAsync(Connections connections, int caller, RawRequest call)
    {
        var (status, frame) = await connections.CallAsync(caller, call);
        return status == 0 && frame.Length < LeastActive ? (int)Grpc.Core.StatusCode.NotFound : status;
    }
}
