using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage;

/// <summary>Sees to it that the audit log has room long before it is needed; see <see cref="Store.MakeRoomForEventsAsync"/>.</summary>
internal sealed class EventRoom(IDbContextFactory<AuthDbContext> contexts, Store store, TimeProvider clock, ILogger<EventRoom> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var rows = await contexts.CreateDbContextAsync(stoppingToken);
                await store.MakeRoomForEventsAsync(rows, stoppingToken);
            }
            catch (Exception fault) when (Store.IsFault(fault))
            {
                log.NoRoomMade(fault);
            }
        }
    }
}
