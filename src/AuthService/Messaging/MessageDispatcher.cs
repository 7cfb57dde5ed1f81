using System.Text.Json;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Messaging;

/// <summary>
/// Sends what waits in the outbox, the oldest first and a few at once, so that one that hangs holds up no other. Whichever replica
/// claims a message sends it; if that one dies, another does when the claim has run out. Erases what was sent: at least once, since a
/// crash between the two sends twice.
/// </summary>
internal sealed class MessageDispatcher(
    Database database,
    IMessageSender sender,
    ServiceSealing sealing,
    MessageSignal signal,
    IOptions<MessagingOptions> options,
    TimeProvider clock,
    ILogger<MessageDispatcher> log)
    : BackgroundService
{
    /// <summary>After this a code is worth nothing (NIST SP 800-63B-4 §3.1.3.2).</summary>
    internal static readonly TimeSpan CodesKept = TimeSpan.FromMinutes(10);

    /// <summary>After this a notice is given up. A mail server may be down over a weekend.</summary>
    internal static readonly TimeSpan NoticesKept = TimeSpan.FromDays(4);

    private const int AtOnce = 16;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    /// <summary>Longer than a mail server or gateway is waited for.</summary>
    private readonly TimeSpan _claim = TimeSpan.FromSeconds(10)
        + (options.Value.Smtp.Timeout > options.Value.Sms.Timeout ? options.Value.Smtp.Timeout : options.Value.Sms.Timeout);

    /// <summary>By the message's id. The loop's alone.</summary>
    private readonly Dictionary<string, Task> _underWay = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAgain, clock);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var raised = signal.WaitAsync(stoppingToken).AsTask();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await StartDueAsync(stoppingToken);
                var woken = await Task.WhenAny(tick, raised);
                if (woken == tick)
                    tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                else
                    raised = signal.WaitAsync(stoppingToken).AsTask();
            }
        }
        finally
        {
            await Task.WhenAll(_underWay.Values);
        }
    }

    private async Task StartDueAsync(CancellationToken cancellationToken)
    {
        // What is done is erased, so it is not found below; what is not done yet is found, and known.
        foreach (var (id, _) in _underWay.Where(entry => entry.Value.IsCompleted).ToList())
            _underWay.Remove(id);

        try
        {
            var now = database.Now();
            var due = await database.ReadAsync(
                rows => rows.Messages.Where(row => row.NextAttemptAt <= now).OrderBy(row => row.Id)
                    .Take(AtOnce + _underWay.Count).ToListAsync(cancellationToken),
                cancellationToken);
            foreach (var row in due.Where(row => !_underWay.ContainsKey(row.Id)).Take(AtOnce - _underWay.Count).ToList())
                _underWay.Add(row.Id, Task.Run(() => DispatchAsync(row, cancellationToken), CancellationToken.None));
        }
        catch (StoreUnavailableException fault)
        {
            log.StoreUnavailable(fault);
        }
    }

    private async Task DispatchAsync(MessageRow row, CancellationToken cancellationToken)
    {
        DateTimeOffset? claim = null;
        try
        {
            claim = await TryClaimAsync(row, cancellationToken);
            if (claim is null)
                return;

            // Once it is sent, stopping waits: it would be sent again at the next start.
            if (await TrySendAsync(row, cancellationToken))
                await EraseAsync(row, CancellationToken.None);
            else
                await PutOffAsync(row, claim.Value, cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            log.StoreUnavailable(fault);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: it is sent by another replica, or at the next start.
            if (claim is { } held)
                await GiveBackAsync(row, held);
        }
        finally
        {
            signal.Raise();
        }
    }

    /// <returns>Whether there is nothing more to do for it.</returns>
    private async Task<bool> TrySendAsync(MessageRow row, CancellationToken cancellationToken)
    {
        var (age, isCode) = (database.Now() - row.CreatedAt, false);
        try
        {
            if (Open(row) is not { } message)
                return true;
            isCode = message.Code is not null;
            if (!isCode || age < CodesKept)
            {
                await sender.SendAsync(message, cancellationToken);
                return true;
            }
        }
        catch (MessageRefusedException fault)
        {
            log.Refused(row.Id, fault.Message);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.NotSent(row.Id, row.Attempts + 1, fault.GetType().Name);
        }

        if (age < (isCode ? CodesKept : NoticesKept))
            return false;
        log.GivenUp(row.Id);
        return true;
    }

    /// <returns>The message, or null if it is to nobody.</returns>
    private Message? Open(MessageRow row) => sealing.TryOpen(KeyUse.Messages, row.Id, row.Sealed, out var content)
        ? JsonSerializer.Deserialize(content, MessageJson.Default.Message)
        : throw new InvalidOperationException("A queued message does not open.");

    /// <returns>Until when it is this replica's, or null if another one was first, or has sent it already.</returns>
    private Task<DateTimeOffset?> TryClaimAsync(MessageRow row, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            var until = work.Now + _claim;
            var claimed = await Held(work, row, row.NextAttemptAt).ExecuteUpdateAsync(
                set => set.SetProperty(waiting => waiting.NextAttemptAt, until), cancellationToken);
            return claimed > 0 ? until : (DateTimeOffset?)null;
        },
        cancellationToken);

    /// <summary>The message, unless somebody else has claimed it since.</summary>
    private static IQueryable<MessageRow> Held(Work work, MessageRow row, DateTimeOffset until) =>
        work.Rows.Messages.Where(waiting => waiting.Id == row.Id && waiting.NextAttemptAt == until);

    private async Task GiveBackAsync(MessageRow row, DateTimeOffset claim)
    {
        try
        {
            await database.WriteAsync(
                work => Held(work, row, claim).ExecuteUpdateAsync(
                    set => set.SetProperty(waiting => waiting.NextAttemptAt, work.Now), CancellationToken.None),
                CancellationToken.None);
        }
        catch (StoreUnavailableException fault)
        {
            log.StoreUnavailable(fault);
        }
    }

    private Task EraseAsync(MessageRow row, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.Rows.Messages.Where(sent => sent.Id == row.Id).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private Task PutOffAsync(MessageRow row, DateTimeOffset claim, CancellationToken cancellationToken) => database.WriteAsync(
        work =>
        {
            // 2, 4, 8 seconds ... a quarter of an hour at most.
            var delay = TimeSpan.FromSeconds(Math.Min(LongestDelay.TotalSeconds, Math.Pow(2, row.Attempts + 1)));
            return Held(work, row, claim).ExecuteUpdateAsync(
                set => set.SetProperty(waiting => waiting.Attempts, row.Attempts + 1)
                    .SetProperty(waiting => waiting.NextAttemptAt, work.Now + delay),
                cancellationToken);
        },
        cancellationToken);
}
