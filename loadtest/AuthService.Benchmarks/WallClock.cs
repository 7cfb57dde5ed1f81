using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace AuthService.Benchmarks;

/// <summary>For what waits for a disk: the wait takes no processor time, and yet is most of the cost. Wants a machine that is quiet.</summary>
internal sealed class WallClock : ManualConfig
{
    public WallClock() => AddJob(Job.Default.WithClock(Chronometer.BestClock).AsMutator());
}
