using AuthService.LoadTest.Load;
using AuthService.LoadTest.Subject;

namespace AuthService.LoadTest.Scenarios;

/// <summary>The same for a long time: does memory grow?</summary>
internal sealed class Soak : IScenario
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    public string Name => "soak";

    public string Description => "A day's mean for ten minutes (--soak): memory in the last quarter beside the second.";

    public async Task<IReadOnlyList<Finding>> RunAsync(Bench bench)
    {
        if (bench.Subject.Process is not { } process)
            throw new InvalidOperationException("soak reads the memory of the service, so it has to start it itself: leave --against out.");
        await bench.Residents.RenewAsync(bench.Subject);
        using var end = new CancellationTokenSource();
        var looking = LookAsync(process, end.Token);
        var (validations, refreshes, logins) = await Day.LiveAsync(bench, Day.Even, bench.Options.Soak);
        await end.CancelAsync();
        var megabytes = await looking;

        var quarter = megabytes.Count / 4;
        return [new Finding(
            Name, FormattableString.Invariant($"resident memory, minutes {.75 * bench.Options.Soak.TotalMinutes:f0} to {bench.Options.Soak.TotalMinutes:f0}"),
            megabytes.TakeLast(quarter).Average(), "MiB", "second quarter", megabytes.Skip(quarter).Take(quarter).Average())
        {
            Goal = Goal.AtMost(1.05), Load = validations,
            Note = FormattableString.Invariant(
                $"most {megabytes.Max():f0} MiB; {validations.Calls:N0} validations, {refreshes.Calls:N0} refreshes, {logins.Calls:N0} logins; refused {Refused(validations, refreshes, logins):N0}"),
        }];
    }

    private static long Refused(params LoadResult[] loads) => loads.Sum(load => load.Refused.Values.Sum() + load.Unsent);

    private static async Task<List<double>> LookAsync(ServerProcess process, CancellationToken end)
    {
        var megabytes = new List<double>();
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(end))
                megabytes.Add(await process.MemoryAsync("VmRSS"));
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }

        return megabytes;
    }
}
