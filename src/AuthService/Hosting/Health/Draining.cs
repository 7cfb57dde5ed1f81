using AuthService.Hosting.Serving;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Health;

/// <summary>
/// The way out at SIGTERM: health turns first, calls go on being served while load balancers notice, and only then do the
/// listeners close and the calls under way get their time to finish.
/// </summary>
internal sealed class Draining(IOptions<ServingOptions> serving, TimeProvider clock, ILogger<Draining> log)
    : IHealthCheck, IHostedLifecycleService
{
    private volatile bool _started;
    private volatile bool _draining;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_draining ? HealthCheckResult.Unhealthy("Draining.") : HealthCheckResult.Healthy());

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started = true;
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _draining = true;
        if (!_started)
            return;
        log.Draining(serving.Value.DrainSeconds);
        if (serving.Value.DrainSeconds > 0)
            await Task.Delay(TimeSpan.FromSeconds(serving.Value.DrainSeconds), clock, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
