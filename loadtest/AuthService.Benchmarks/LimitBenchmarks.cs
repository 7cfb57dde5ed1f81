using System.Collections.Concurrent;
using AuthService.RateLimiting;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;

namespace AuthService.Benchmarks;

/// <summary>
/// One call's worth of a limit, counted in this process, beside one value of a dictionary brought up to date: 4,096 networks in turn, and
/// strangers who are forgotten before they come again, more than the table holds.
/// </summary>
public class LimitBenchmarks
{
    private const int Networks = 4_096;
    private const int Strangers = 1 << 19;
    private readonly RateLimitOptions options = new();
    private readonly string[] networks = Keys(Networks);
    private readonly string[] strangers = Keys(Strangers);
    private readonly ConcurrentDictionary<string, DateTimeOffset> bare = new(StringComparer.Ordinal);
    private GcraTable table = null!;
    private GcraTable usedUp = null!;
    private GcraTable flooded = null!;
    private LocalLimits limits = null!;
    private DateTimeOffset now = Given.Now;
    private int turn;

    [GlobalSetup]
    public void Setup()
    {
        table = new GcraTable(options.Network, options.KeysRemembered);
        flooded = new GcraTable(options.Identifier, options.KeysRemembered);
        usedUp = new GcraTable(new Rate { PerMinute = 1, Burst = 1 }, options.KeysRemembered);
        limits = new LocalLimits(Options.Create(options), TimeProvider.System);
        foreach (var network in networks)
            usedUp.TryTake(network, Given.Now, out _);
        if (!Allowed() || Refused())
            throw new InvalidOperationException("The limits limit otherwise.");
    }

    [Benchmark(Baseline = true, Description = "one value in a ConcurrentDictionary")]
    public DateTimeOffset Bare() =>
        bare.AddOrUpdate(Next(networks), static (_, now) => now, static (_, before, now) => before > now ? before : now, Later());

    [Benchmark(Description = "allowed")]
    public bool Allowed() => table.TryTake(Next(networks), Later(), out _);

    [Benchmark(Description = "refused")]
    public bool Refused() => usedUp.TryTake(Next(networks), Given.Now, out _);

    [Benchmark(Description = "allowed, with the table's choice and the clock")]
    public ValueTask<TimeSpan?> AsTheServiceTakesIt() => limits.TakeAsync(LimitName.Service, Next(networks), CancellationToken.None);

    [Benchmark(Description = "allowed, a flood of strangers, 10,000 a second")]
    public bool Flood() => flooded.TryTake(Next(strangers), Later(), out _);

    private string Next(string[] keys) => keys[turn++ & (keys.Length - 1)];

    private DateTimeOffset Later() => now += TimeSpan.FromMicroseconds(100);

    private static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}")];
}
