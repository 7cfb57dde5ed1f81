using System.Text.Json;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Messaging;

/// <summary>Sends what waits in the outbox, in order, and erases what was taken. At least once: a crash between the two sends twice.</summary>
internal sealed class MessageDispatcher(
    Database database, IMessageSender sender, ServiceSealing sealing, MessageSignal signal, TimeProvider clock, ILogger<MessageDispatcher> log)
    : BackgroundService
{
    private const int Batch = 32;
    private const int MaxAttempts = 10;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAgain, clock);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var raised = signal.WaitAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DrainAsync(stoppingToken);
            }
            catch (StoreUnavailableException fault)
            {
                log.StoreUnavailable(fault);
            }

            var woken = await Task.WhenAny(tick, raised);
            if (woken == tick)
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            else
                raised = signal.WaitAsync(stoppingToken).AsTask();
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = database.Now();
            var due = await database.ReadAsync(
                rows => rows.Messages.Where(row => row.NextAttemptAt <= now).OrderBy(row => row.Id).Take(Batch).ToListAsync(cancellationToken),
                cancellationToken);
            foreach (var row in due)
                await SendAsync(row, cancellationToken);
            if (due.Count < Batch)
                return;
        }
    }

    private async Task SendAsync(MessageRow row, CancellationToken cancellationToken)
    {
        try
        {
            if (Open(row) is { } message)
                await sender.SendAsync(message, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.NotSent(row.Id, row.Attempts + 1, fault.GetType().Name);
            if (row.Attempts + 1 < MaxAttempts)
            {
                await PutOffAsync(row, cancellationToken);
                return;
            }

            log.GivenUp(row.Id);
        }

        await database.WriteAsync(
            work => work.Rows.Messages.Where(sent => sent.Id == row.Id).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    /// <returns>The message, or null if it is to nobody.</returns>
    private Message? Open(MessageRow row) => sealing.TryOpen(KeyUse.Messages, row.Id, row.Sealed, out var content)
        ? JsonSerializer.Deserialize(content, MessageJson.Default.Message)
        : throw new InvalidOperationException("A queued message does not open.");

    private Task PutOffAsync(MessageRow row, CancellationToken cancellationToken) => database.WriteAsync(
        work =>
        {
            // 2, 4, 8 seconds ... a quarter of an hour at most: a code is worth nothing after ten minutes, a notice is.
            var delay = TimeSpan.FromSeconds(Math.Min(900, Math.Pow(2, row.Attempts + 1)));
            return work.Rows.Messages.Where(waiting => waiting.Id == row.Id).ExecuteUpdateAsync(
                set => set.SetProperty(waiting => waiting.Attempts, row.Attempts + 1)
                    .SetProperty(waiting => waiting.NextAttemptAt, work.Now + delay),
                cancellationToken);
        },
        cancellationToken);
}
