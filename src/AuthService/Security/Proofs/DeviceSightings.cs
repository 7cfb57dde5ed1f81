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

    /// <summary>Devices whose sightings wait to be written; those of further ones are left out, also while the store is lost.</summary>
    internal const int MostDevices = 100_000;

    /// <summary>In one transaction: who writes meanwhile waits for so many.</summary>
    private const int Batch = 500;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    /// <summary>Devices whose sightings wait.</summary>
    internal int Waiting => _seen.Count;

    /// <param name="device">As just read from the store.</param>
    public void Note(DeviceRow device)
    {
        var now = clock.GetUtcNow();
        if (now - device.LastSeenAt >= Resolution && (_seen.ContainsKey(device.Id) || _seen.Count < MostDevices))
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
            foreach (var batch in _seen.ToArray().Chunk(Batch))
                await database.WriteAsync(work => WriteAsync(work, batch, cancellationToken), cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            log.SightingsNotWritten(fault);
        }
    }

    private async Task WriteAsync(Work work, KeyValuePair<string, DateTimeOffset>[] written, CancellationToken cancellationToken)
    {
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
