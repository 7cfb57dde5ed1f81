using System.Diagnostics.Metrics;
using System.Threading.Channels;

namespace AuthService.LoadTest.LoginOracle;

/// <summary>Listens to the service's own measurement of each hash. One call runs at a time, so each hash is that call's.</summary>
internal sealed class HashTimes : IDisposable
{
    private const string Instrument = "authservice.hashing.duration";
    private readonly MeterListener _listener = new();
    private readonly Channel<double> _seconds = Channel.CreateUnbounded<double>();

    public HashTimes()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == Instrument)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => _seconds.Writer.TryWrite(seconds));
        _listener.Start();
    }

    /// <summary>Of the next hash, in microseconds. Waits for it: it is written down by a thread of low priority, after the answer.</summary>
    /// <exception cref="OperationCanceledException">There was none: then the call that is measured did not check its secret.</exception>
    public async Task<double> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _seconds.Reader.ReadAsync(patience.Token) * 1e6;
    }

    public void Dispose() => _listener.Dispose();
}
