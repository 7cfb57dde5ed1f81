using System.Collections.Concurrent;
using System.Diagnostics;
using AuthService.LoadTest.Subject;
using HdrHistogram;

namespace AuthService.LoadTest.Load;

/// <summary>Counts answers from many callers at once, and the processor time beside them.</summary>
internal sealed class Tally
{
    private const long LongestMicroseconds = 120_000_000;
    private const int Digits = 3;

    private readonly LongConcurrentHistogram _latencies = new(1, LongestMicroseconds, Digits);
    private readonly ConcurrentDictionary<int, long> _refused = new();
    private readonly ServerProcess? _server;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _client = Environment.CpuUsage.TotalTime;
    private readonly TimeSpan? _serverBefore;

    public Tally(ServerProcess? server) => (_server, _serverBefore) = (server, server?.ProcessorTime);

    public long Calls => _latencies.TotalCount;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <param name="status">gRPC's.</param>
    /// <param name="since">When it was sent, or should have been.</param>
    public void Add(int status, long since)
    {
        if (status == 0)
            _latencies.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(since).TotalMicroseconds, 1, LongestMicroseconds));
        else
            _refused.AddOrUpdate(status, 1, (_, before) => before + 1);
    }

    public LoadResult Result(long unsent = 0) => new(
        _latencies, _refused, Elapsed, Environment.CpuUsage.TotalTime - _client, _server?.ProcessorTime - _serverBefore) { Unsent = unsent };
}
