using System.Diagnostics.Metrics;
using AuthService.Hosting.Telemetry;

namespace AuthService.RateLimiting;

/// <summary>The limits. Checked before the work that they protect.</summary>
public sealed class RateLimits
{
    private readonly ILimitTables _shared;
    private readonly ILimitTables _local;
    private readonly Meter _meter;
    private readonly Counter<long> _refusals;

    internal RateLimits(ILimitTables shared, ILimitTables local, IMeterFactory meters)
    {
        (_shared, _local) = (shared, local);
        _meter = meters.Create(ServiceMeter.Name);
        _refusals = _meter.CreateCounter<long>("authservice.limits.refused", "{call}", "Calls refused by a limit, by limit.");
    }

    /// <summary>Takes one message's worth for a contact, as a network asks for it.</summary>
    /// <param name="contactKey">Its blind index.</param>
    /// <param name="networkPrefix">The /24 or /48 that asks.</param>
    public async ValueTask<LimitRefusal?> TakeMessageAsync(string contactKey, string networkPrefix, CancellationToken cancellationToken) =>
        await TakeAsync(LimitName.Messages, $"{contactKey}/{networkPrefix}", cancellationToken)
        ?? await TakeAsync(LimitName.ContactMessages, contactKey, cancellationToken);

    /// <summary>Takes one call's worth of <paramref name="limit"/> for <paramref name="key"/>; null means that it may go on.</summary>
    public async ValueTask<LimitRefusal?> TakeAsync(LimitName limit, string key, CancellationToken cancellationToken)
    {
        if (await (IsShared(limit) ? _shared : _local).TakeAsync(limit, key, cancellationToken) is not { } retryAfter)
            return null;
        _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit.ToString()));
        return new LimitRefusal(limit, retryAfter);
    }

    /// <summary>
    /// What protects people and their messages counts over all replicas. What only keeps one process from drowning is that process'
    /// own business: to ask Redis about each validation would cost more than the validation.
    /// </summary>
    internal static bool IsShared(LimitName limit) =>
        limit is not (LimitName.Network or LimitName.Account or LimitName.Device or LimitName.Service);
}
