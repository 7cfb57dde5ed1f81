using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage;

/// <summary>Deletes what has outlived its use: challenges, codes, answers, step-ups, sessions, whereabouts.</summary>
internal sealed class ExpirySweeper(Database database, TimeProvider clock, ILogger<ExpirySweeper> log) : BackgroundService
{
    /// <summary>Failure counts outlive their last failure by this; a known account's count then starts over, as an unknown identifier's does.</summary>
    internal static readonly TimeSpan AttemptsKept = TimeSpan.FromDays(30);

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // Ended sessions stay visible to whoever presents one of their tokens for as long as such a token could live.
    private static readonly TimeSpan EndedSessionsKept = TimeSpan.FromDays(30);
    /// <summary>As far back as a compromise can be reported: a contact that was replaced can be put back so long.</summary>
    internal static readonly TimeSpan ContactChangesKept = TimeSpan.FromDays(30);

    /// <summary>Many times as long as an access token lives: whoever was away longer has no token left that they are about.</summary>
    internal static readonly TimeSpan SessionChangesKept = TimeSpan.FromHours(1);

    private static readonly TimeSpan NetworksKept = TimeSpan.FromDays(180);
    private static readonly TimeSpan PendingSignUpsKept = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (StoreUnavailableException fault)
            {
                log.NotSwept(fault);
            }
        }
    }

    internal Task SweepAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            var (rows, now) = (work.Rows, work.Now);
            var (attempts, ended, pending, networks, changes) =
                (now - AttemptsKept, now - EndedSessionsKept, now - PendingSignUpsKept, now - NetworksKept, now - ContactChangesKept);
            var changed = now - SessionChangesKept;
            await rows.ConsumedChallenges.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
            await rows.Requests.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);

            // Sign-ups that were never finished have keys and an account too: UnfinishedSignUps erases them whole.
            await rows.Verifications.Where(row => row.ExpiresAt < pending)
                .Where(row => row.Purpose != VerificationPurpose.SignUp || row.UsedAt != null)
                .ExecuteDeleteAsync(cancellationToken);
            await rows.ContactChanges.Where(row => row.MadeAt < changes).ExecuteDeleteAsync(cancellationToken);
            await rows.ReportTokens.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
            await rows.StepUps.Where(row => row.ExpiresAt < pending).ExecuteDeleteAsync(cancellationToken);
            await rows.DeviceTokens.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
            await rows.Attempts.Where(row => row.LastAt < attempts).ExecuteDeleteAsync(cancellationToken);
            await rows.SessionChanges.Where(row => row.At < changed).ExecuteDeleteAsync(cancellationToken);
            await rows.NetworkAccounts.Where(row => row.LastSeenAt < networks).ExecuteDeleteAsync(cancellationToken);
            await rows.Profiles.Where(row => row.WhereaboutsUntil < now).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.WhereaboutsSealed, (byte[]?)null).SetProperty(row => row.WhereaboutsUntil, (DateTimeOffset?)null),
                cancellationToken);
            await rows.Sessions.Where(row => row.ExpiresAt < ended).ExecuteDeleteAsync(cancellationToken);
        },
        cancellationToken);
}
