using System.Diagnostics;
using AuthService.LoadTest.Baselines;
using AuthService.LoadTest.Load;

namespace AuthService.LoadTest.Scenarios;

/// <summary>One login at a time: what it takes beside its hash.</summary>
internal sealed class LoginAlone : IScenario
{
    public string Name => "login-alone";

    public string Description => "One login at a time, and in turn with it the least one, and a hash like its own, with nothing else to do: what a login takes beside that.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        var (hash, number, request) = (HashRate.Hasher(), 0, Login.RequestOf(bench.Residents, person: 0));
        await ClosedLoop.WarmUpAsync(1, bench.Options.WarmUp, bench.Echo, _ => LeastAsync());
        await ClosedLoop.WarmUpAsync(1, bench.Options.Time, bench.Subject.Process, _ => LogInAsync());

        var (logins, least, hashes, started) = (new Tally(server: null), new Tally(server: null), new Tally(server: null), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < bench.Options.Time * bench.Options.Rounds)
        {
            var at = Stopwatch.GetTimestamp();
            hash();
            hashes.Add(status: 0, at);

            at = Stopwatch.GetTimestamp();
            least.Add(await LeastAsync(), at);

            at = Stopwatch.GetTimestamp();
            logins.Add(await LogInAsync(), at);
        }

        var alone = hashes.Result().Percentile(50);
        return
        [
            FindingOf(logins, $"median of Login on {bench.Options.Store}, less a hash's") with { Goal = Goal.AtMost(2, "ms") },
            FindingOf(least, $"{LeastLogin.Description}, less a hash's"),
        ];

        Finding FindingOf(Tally tally, string what)
        {
            var load = tally.Result();
            return load.Refused.Count == 0
                ? new Finding(Name, what, load.Percentile(50) - alone, "ms", "median of the hash", alone) { Load = load }
                : throw new InvalidOperationException($"{load.Refused.Values.Sum():N0} logins were refused.");
        }

        async Task<int> LeastAsync() => (await bench.Bare.CallAsync(0, request)).Status;

        Task<int> LogInAsync() => Login.LogInAsync(bench, number++ % bench.Residents.People);
    }
}
