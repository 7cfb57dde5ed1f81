using System.Diagnostics.Metrics;
using AuthService.Hosting.Telemetry;

namespace AuthService.Environments.Addresses;

/// <summary>What comes of lookups, and how old the files are.</summary>
public sealed class AddressSourceMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _lookups, _reloads;
    private readonly TimeProvider _clock;

    public AddressSourceMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _meter = meters.Create(ServiceMeter.Name);
        _lookups = _meter.CreateCounter<long>("authservice.address_sources.lookups", "{lookup}", "Addresses looked up, by whether the country is known.");
        _reloads = _meter.CreateCounter<long>("authservice.address_sources.reloads", "{file}", "Files that changed, by whether they could be used.");
    }

    internal void Observe(AddressSources sources) => _meter.CreateObservableGauge(
        "authservice.address_sources.age",
        () => sources.States.Select(state => new Measurement<double>(
            (_clock.GetUtcNow() - state.MadeAt).TotalSeconds, new KeyValuePair<string, object?>("file", state.Name))),
        "s",
        "Age of what is in use, by file.");

    internal void LookedUp(bool placed) => Count(_lookups, placed ? "placed" : "unknown");

    internal void Broken() => Count(_lookups, "broken");

    internal void Reloaded(bool replaced) => Count(_reloads, replaced ? "replaced" : "refused");

    private static void Count(Counter<long> counter, string result) => counter.Add(1, new KeyValuePair<string, object?>("result", result));
}
