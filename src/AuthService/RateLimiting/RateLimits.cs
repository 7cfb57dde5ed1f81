using System.Diagnostics.Metrics;
using AuthService.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace AuthService.RateLimiting;

/// <summary>The limits of this process. Checked before the work that they protect.</summary>
public sealed class RateLimits
{
    private readonly Dictionary<LimitName, GcraTable> _tables;
    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly Counter<long> _refusals;

    public RateLimits(IOptions<RateLimitOptions> options, TimeProvider clock, IMeterFactory meters)
    {
        _clock = clock;
        _meter = meters.Create(ServiceMeter.Name);
        _refusals = _meter.CreateCounter<long>("authservice.limits.refused", "{call}", "Calls refused by a limit, by limit.");
        _tables = Enum.GetValues<LimitName>().ToDictionary(
            name => name,
            name => new GcraTable(options.Value[name], options.Value.KeysRemembered));
    }

    /// <summary>Takes one message's worth for a contact, as a network asks for it.</summary>
    /// <param name="contactKey">Its blind index.</param>
    /// <param name="networkPrefix">The /24 or /48 that asks.</param>
    public LimitRefusal? TakeMessage(string contactKey, string networkPrefix) =>
        Take(LimitName.Messages, $"{contactKey}/{networkPrefix}") ?? Take(LimitName.ContactMessages, contactKey);

    /// <summary>Takes one call's worth of <paramref name="limit"/> for <paramref name="key"/>; null means that it may go on.</summary>
    public LimitRefusal? Take(LimitName limit, string key)
    {
        if (_tables[limit].TryTake(key, _clock.GetUtcNow(), out var retryAfter))
            return null;
        _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit.ToString()));
        return new LimitRefusal(limit, retryAfter);
    }
}
