using HdrHistogram;

namespace AuthService.LoadTest.Load;

/// <summary>What came of a load.</summary>
/// <param name="Latencies">Of answers that were OK, in microseconds.</param>
/// <param name="Refused">How many were not, by gRPC status.</param>
/// <param name="Elapsed">How long it lasted.</param>
/// <param name="Client">Processor time of this process, which drives the load.</param>
/// <param name="Server">Processor time of the server, if that is known.</param>
internal sealed record LoadResult(
    HistogramBase Latencies, IReadOnlyDictionary<int, long> Refused, TimeSpan Elapsed, TimeSpan Client, TimeSpan? Server)
{
    /// <summary>Calls that were not sent, since too many before them had no answer yet. Open loop only.</summary>
    public long Unsent { get; init; }

    public long Calls => Latencies.TotalCount;

    public double PerSecond => Calls / Elapsed.TotalSeconds;

    /// <summary>Microseconds of the server's processor time for each call.</summary>
    public double? ServerEach => Server?.TotalMicroseconds / Math.Max(1, Calls);

    public double ClientEach => Client.TotalMicroseconds / Math.Max(1, Calls);

    /// <summary>In milliseconds.</summary>
    public double Percentile(double percent) => Latencies.GetValueAtPercentile(percent) / 1000.0;
}
