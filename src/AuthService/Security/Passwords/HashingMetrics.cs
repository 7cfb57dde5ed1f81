using System.Diagnostics.Metrics;
using AuthService.Hosting.Telemetry;

namespace AuthService.Security.Passwords;

/// <summary>How the hashing gate is doing, for the meter <c>AuthService</c>.</summary>
internal sealed class HashingMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _shed;
    private readonly Counter<long> _withdrawn;
    private readonly Histogram<double> _duration;

    public HashingMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ServiceMeter.Name);
        _shed = _meter.CreateCounter<long>("authservice.hashing.shed", "{job}", "Refused because the line was full.");
        _withdrawn = _meter.CreateCounter<long>("authservice.hashing.withdrawn", "{job}", "Cancelled by their callers while they waited.");
        _duration = _meter.CreateHistogram<double>("authservice.hashing.duration", "s", "Time of a job on its thread; its count is the jobs done.");
    }

    public void Observe(HashingQueue queue) =>
        _meter.CreateObservableGauge("authservice.hashing.queue", () => queue.Length, "{job}", "Jobs that wait for a thread.");

    public void Shed() => _shed.Add(1);

    public void Withdrawn() => _withdrawn.Add(1);

    public void Done(TimeSpan elapsed) => _duration.Record(elapsed.TotalSeconds);
}
