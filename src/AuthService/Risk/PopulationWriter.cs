using AuthService.Storage;

namespace AuthService.Risk;

/// <summary>Writes the population statistics down every few seconds, and when the service stops.</summary>
internal sealed class PopulationWriter(PopulationStatistics statistics, Database database, TimeProvider clock, ILogger<PopulationWriter> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private const int RoundsPerTrim = 720;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            await WriteAsync(stoppingToken);
            if (round % RoundsPerTrim == 0)
                await TrimAsync(stoppingToken);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await statistics.FlushAsync(database, cancellationToken) > 0)
            {
            }
        }
        catch (StoreUnavailableException fault)
        {
            log.NotWritten(fault);
        }
    }

    private async Task TrimAsync(CancellationToken cancellationToken)
    {
        try
        {
            await statistics.TrimAsync(database, cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            log.NotWritten(fault);
        }
    }
}
