using AuthService.LoadTest.Load;

namespace AuthService.LoadTest.Scenarios;

/// <summary>A day in short.</summary>
internal sealed class Mixed : IScenario
{
    private const int Longer = 4;

    public string Name => "mixed";

    public string Description => "A day's shape: 94 % validations, 5 % refreshes, 1 % logins, by their clock and not by the server's.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        await bench.Residents.RenewAsync(bench.Subject);
        var time = bench.Options.Time * Longer;
        var echoed = bench.Validation(0);
        var bare = await OpenLoop.RunAsync(Day.Of(time), time, bench.Echo, async number => (await bench.Bare.CallAsync((int)number, echoed)).Status);
        var (validations, refreshes, logins) = await Day.LiveAsync(bench, Day.Of(time), time);
        return [Line("ValidateSession", validations), Line("RefreshSession", refreshes), Line("Login", logins)];

        Finding Line(string what, LoadResult load) => new(
            Name, FormattableString.Invariant($"median of {what}, {Day.Peak:N0}/s of all kinds at noon"), load.Percentile(50), "ms", "echo, as many calls", bare.Percentile(50))
        {
            Load = load, Note = load.Refused.Count + load.Unsent == 0 ? "" : $"{load.Refused.Values.Sum():N0} refused, {load.Unsent:N0} not sent",
        };
    }
}
