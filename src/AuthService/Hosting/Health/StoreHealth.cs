using AuthService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthService.Hosting.Health;

/// <summary>Healthy while the store answers.</summary>
/// <remarks>Asked at most once a second, however often anybody asks for health: that costs nothing and needs no credential.</remarks>
internal sealed class StoreHealth(Database database, TimeProvider clock, ILogger<StoreHealth> log) : IHealthCheck
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<HealthCheckResult>? _latest;
    private long _askedAt;
    private bool _isAway;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_latest is null || clock.GetElapsedTime(_askedAt) >= Kept)
                (_latest, _askedAt) = (AskAsync(), clock.GetTimestamp());
            return _latest.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        try
        {
            await database.ReadAsync(rows => rows.Database.ExecuteSqlRawAsync("SELECT 1"), CancellationToken.None);
            if (_isAway)
                log.StoreBack();
            _isAway = false;
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException fault)
        {
            if (!_isAway)
                log.StoreAway(fault);
            _isAway = true;
            return HealthCheckResult.Unhealthy("The store does not answer.", fault);
        }
    }
}
