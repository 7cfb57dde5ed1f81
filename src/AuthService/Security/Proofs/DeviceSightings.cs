using System.Collections.Concurrent;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Security.Proofs;

/// <summary>
/// Keeps <see cref="DeviceRow.LastSeenAt"/> up to date, to the minute. No call waits for it: sightings come together in memory and
/// are written in one transaction. What a crash loses is a minute's precision.
/// </summary>
internal sealed class DeviceSightings(Database database, TimeProvider clock, ILogger<DeviceSightings> log) : BackgroundService
{
    internal static readonly TimeSpan Resolution = TimeSpan.FromMinutes(1);
    internal static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    /// <param name="device">As just read from the store: bounded by the devices that proved themselves within a period.</param>
    public void Note(DeviceRow device)
    {
        var now = clock.GetUtcNow();
        if (now - device.LastSeenAt >= Resolution)
            _seen[device.Id] = now;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FlushAsync(stoppingToken);
    }

    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_seen.IsEmpty)
            return;

        try
        {
            await database.WriteAsync(work => WriteAsync(work, cancellationToken), cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            log.SightingsNotWritten(fault);
        }
    }

    private async Task WriteAsync(Work work, CancellationToken cancellationToken)
    {
        var written = _seen.ToArray();
        foreach (var (id, at) in written)
        {
            await work.Rows.Devices.Where(row => row.Id == id && row.LastSeenAt < at)
                .ExecuteUpdateAsync(row => row.SetProperty(device => device.LastSeenAt, at), cancellationToken);
        }

        // What was seen again meanwhile stays for the next time.
        work.AfterCommit(() =>
        {
            foreach (var sighting in written)
                _seen.TryRemove(sighting);
        });
    }
}
