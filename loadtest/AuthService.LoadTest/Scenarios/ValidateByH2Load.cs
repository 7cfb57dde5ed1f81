using AuthService.LoadTest.Load;

namespace AuthService.LoadTest.Scenarios;

/// <summary>As <c>validate-hot</c>, with a driver that leaves more of the cores to the servers: the sharper of the two.</summary>
internal sealed class ValidateByH2Load : IScenario
{
    private const int ConnectionCount = 8;

    public string Name => "validate-h2load";

    public string Description => "The same as validate-hot, driven by h2load (Debian: nghttp2-client), which has to be installed.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        await bench.Residents.RenewAsync(bench.Subject);
        var call = bench.Validation(0);
        await WarmUpAsync(bench.Echo.Address, bench.Echo);
        await WarmUpAsync(bench.Subject.Address, bench.Subject.Process);
        var rounds = new List<((double PerSecond, double? Each) Bare, (double PerSecond, double? Each) Service)>();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var bare = await DriveAsync(bench.Echo.Address, bench.Echo);
            rounds.Add((bare, await DriveAsync(bench.Subject.Address, bench.Subject.Process)));
        }

        var median = rounds.OrderBy(one => one.Service.PerSecond / one.Bare.PerSecond).ElementAt(rounds.Count / 2);
        return [new Finding(Name, "ValidateSession, one token", median.Service.PerSecond, "calls/s", "echo of the same bytes", median.Bare.PerSecond)
        {
            Goal = Goal.AtLeast(.85), Note = FormattableString.Invariant($"server {median.Service.Each:f1} µs a call beside {median.Bare.Each:f1}"),
        }];

        Task WarmUpAsync(Uri address, Subject.ServerProcess? process) =>
            WarmUp.RunAsync(process, bench.Options.Time * 3, () => DriveAsync(address, process));

        Task<(double, double?)> DriveAsync(Uri address, Subject.ServerProcess? process) => H2Load.RunAsync(
            address, process, call, ConnectionCount, Bench.ManyCallers / ConnectionCount, bench.Options.WarmUp, bench.Options.Time);
    }
}
