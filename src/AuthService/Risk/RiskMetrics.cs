using System.Diagnostics.Metrics;
using AuthService.Ecv.Risk;
using AuthService.Hosting.Telemetry;

namespace AuthService.Risk;

/// <summary>Verdicts by decision and gate.</summary>
public sealed class RiskMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _verdicts;

    public RiskMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ServiceMeter.Name);
        _verdicts = _meter.CreateCounter<long>("authservice.verdicts", "{verdict}", "Verdicts by decision and gate.");
    }

    internal void Judged(Decision decision, Gate gate) => _verdicts.Add(
        1,
        new KeyValuePair<string, object?>("decision", decision.ToString()),
        new KeyValuePair<string, object?>("gate", gate.ToString()));
}
