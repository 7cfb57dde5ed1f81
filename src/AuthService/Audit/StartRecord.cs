using AuthService.Storage;
using AuthService.V1;

namespace AuthService.Audit;

/// <summary>Notes each start: whoever reads the log sees where a process begins, and with it what may be missing before.</summary>
internal sealed class StartRecord(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => services.GetRequiredService<Database>().WriteAsync(
        work =>
        {
            var version = typeof(StartRecord).Assembly.GetName().Version?.ToString(3) ?? "";
            services.GetRequiredService<AuditTrail>().RecordOwnAct(
                work, EventType.ServiceStarted, "service", new Dictionary<string, string>(StringComparer.Ordinal) { ["version"] = version });
            return Task.CompletedTask;
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
