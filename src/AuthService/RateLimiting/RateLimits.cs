using Microsoft.Extensions.Options;

namespace AuthService.RateLimiting;

/// <summary>The limits of this process. Checked before the work that they protect.</summary>
public sealed class RateLimits
{
    private readonly Dictionary<LimitName, GcraTable> _tables;
    private readonly TimeProvider _clock;

    public RateLimits(IOptions<RateLimitOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _tables = Enum.GetValues<LimitName>().ToDictionary(
            name => name,
            name => new GcraTable(options.Value[name], options.Value.KeysRemembered));
    }

    /// <summary>Takes one call's worth of <paramref name="limit"/> for <paramref name="key"/>; null means that it may go on.</summary>
    public LimitRefusal? Take(LimitName limit, string key) =>
        _tables[limit].TryTake(key, _clock.GetUtcNow(), out var retryAfter) ? null : new LimitRefusal(limit, retryAfter);
}
