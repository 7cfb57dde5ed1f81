using AuthService.LoadTest.Load;

namespace AuthService.LoadTest.Scenarios;

/// <summary>More people want to log in than can be; services ask about sessions meanwhile, as many a second as before.</summary>
internal sealed class LoginStorm : IScenario
{
    private const double PerSecond = 500;
    private const int LoginsAtOnce = 32;

    public string Name => "login-storm";

    public string Description => "Validation while logins take all that they can get.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        await bench.Residents.RenewAsync(bench.Subject);
        var calls = Enumerable.Range(0, bench.Residents.Sessions).Select(bench.Validation).ToArray();
        await ValidateAsync(bench.Options.WarmUp);
        var rounds = new List<(LoadResult Idle, LoadResult Storm)>();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var idle = await ValidateAsync(bench.Options.Time);
            var turns = new int[LoginsAtOnce];
            var logins = ClosedLoop.RunAsync(
                LoginsAtOnce, bench.Options.WarmUp, bench.Options.Time * 1.5, server: null, caller => Login.LogInAsync(bench, PersonOf(turns, caller)));
            await Task.Delay(bench.Options.WarmUp);
            rounds.Add((idle, await ValidateAsync(bench.Options.Time)));
            await logins;
        }

        var (quiet, busy) = rounds.OrderBy(one => one.Storm.Percentile(99) / one.Idle.Percentile(99)).ElementAt(rounds.Count / 2);
        return [new Finding(
            Name, FormattableString.Invariant($"p99 of ValidateSession, {PerSecond}/s, {LoginsAtOnce} logins at once"), busy.Percentile(99), "ms", "no logins", quiet.Percentile(99))
        {
            Goal = Goal.AtMost(3), Load = busy,
        }];

        Task<LoadResult> ValidateAsync(TimeSpan time) => OpenLoop.RunAsync(
            _ => PerSecond, time, bench.Subject.Process, number => Validate.ActiveAsync(bench.Service, (int)number, calls[number % calls.Length]));

        int PersonOf(int[] turns, int caller) => (caller + (LoginsAtOnce * turns[caller]++)) % (bench.Residents.People / LoginsAtOnce * LoginsAtOnce);
    }
}
