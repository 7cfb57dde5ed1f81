using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AuthService.Tests.Security.Passwords;

/// <summary>What the instruments of one test's meters reported.</summary>
internal sealed class MeterReadings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value)> _readings = new();

    public MeterReadings(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _readings.Enqueue((instrument.Name, value)));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _readings.Enqueue((instrument.Name, value)));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _readings.Enqueue((instrument.Name, value)));
        _listener.Start();
    }

    /// <summary>Asks the instruments that only speak when asked.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public IReadOnlyList<double> Of(string name) => [.. _readings.Where(reading => reading.Name == name).Select(reading => reading.Value)];

    public void Dispose() => _listener.Dispose();
}
