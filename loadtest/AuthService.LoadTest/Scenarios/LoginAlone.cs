using System.Diagnostics;
using AuthService.LoadTest.Baselines;
using AuthService.LoadTest.Load;

namespace AuthService.LoadTest.Scenarios;

/// <summary>One login at a time: what it takes beside its hash.</summary>
internal sealed class LoginAlone : IScenario
{
    public string Name => "login-alone";

    public string Description => "One login at a time, and in turn with it a hash like its own, with nothing else to do: what the login takes beside that.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        var (hash, number) = (HashRate.Hasher(), 0);
        await ClosedLoop.WarmUpAsync(1, bench.Options.Time, bench.Subject.Process, _ => LogInAsync());

        var (logins, hashes, started) = (new Tally(server: null), new Tally(server: null), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < bench.Options.Time * bench.Options.Rounds)
        {
            var at = Stopwatch.GetTimestamp();
            hash();
            hashes.Add(status: 0, at);

            at = Stopwatch.GetTimestamp();
            logins.Add(await LogInAsync(), at);
        }

        var (login, alone) = (logins.Result(), hashes.Result());
        if (login.Refused.Count > 0)
            throw new InvalidOperationException($"{login.Refused.Values.Sum():N0} logins were refused.");
        return [new Finding(
            Name, $"median of Login on {bench.Options.Store}, less a hash's", login.Percentile(50) - alone.Percentile(50), "ms", "median of the hash", alone.Percentile(50))
        {
            Goal = Goal.AtMost(2, "ms"), Load = login,
        }];

        Task<int> LogInAsync() => Login.LogInAsync(bench, number++ % bench.Residents.People);
    }
}
