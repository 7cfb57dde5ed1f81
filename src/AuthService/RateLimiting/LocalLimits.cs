using Microsoft.Extensions.Options;

namespace AuthService.RateLimiting;

/// <summary>Counted in this process, in bounded tables.</summary>
internal sealed class LocalLimits(IOptions<RateLimitOptions> options, TimeProvider clock) : ILimitTables
{
    private readonly Dictionary<LimitName, GcraTable> _tables = Enum.GetValues<LimitName>().ToDictionary(
        name => name,
        name => new GcraTable(options.Value[name], options.Value.KeysRemembered));

    public ValueTask<TimeSpan?> TakeAsync(LimitName limit, string key, CancellationToken cancellationToken) => ValueTask.FromResult<TimeSpan?>(
        _tables[limit].TryTake(key, clock.GetUtcNow(), out var retryAfter) ? null : retryAfter);
}
