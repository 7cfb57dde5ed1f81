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

    /// <summary>Far more than clocks of replicas are apart: what one of them calls over must not be good again at another.</summary>
    private static readonly TimeSpan ChallengesKept = TimeSpan.FromHours(1);

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

    /// <summary>A transaction each: one over all tables would meet everybody else's.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var sweep in Sweeps)
            await database.WriteAsync(work => sweep(work.Rows, work.Now, cancellationToken), cancellationToken);
    }

    private static readonly Func<AuthDbContext, DateTimeOffset, CancellationToken, Task>[] Sweeps =
    [
        (rows, now, cancel) =>
        {
            var before = now - ChallengesKept;
            return rows.ConsumedChallenges.Where(row => row.ExpiresAt < before).ExecuteDeleteAsync(cancel);
        },
        (rows, now, cancel) => rows.Requests.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancel),
        SweepVerificationsAsync,
        (rows, now, cancel) =>
        {
            var before = now - ContactChangesKept;
            return rows.ContactChanges.Where(row => row.MadeAt < before).ExecuteDeleteAsync(cancel);
        },
        (rows, now, cancel) => rows.ReportTokens.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancel),
        (rows, now, cancel) =>
        {
            var before = now - PendingSignUpsKept;
            return rows.StepUps.Where(row => row.ExpiresAt < before).ExecuteDeleteAsync(cancel);
        },
        (rows, now, cancel) => rows.DeviceTokens.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancel),
        (rows, now, cancel) =>
        {
            var before = now - AttemptsKept;
            return rows.Attempts.Where(row => row.LastAt < before).ExecuteDeleteAsync(cancel);
        },
        SweepSessionChangesAsync,
        (rows, now, cancel) =>
        {
            var before = now - NetworksKept;
            return rows.NetworkAccounts.Where(row => row.LastSeenAt < before).ExecuteDeleteAsync(cancel);
        },
        (rows, now, cancel) => rows.Profiles.Where(row => row.WhereaboutsUntil < now).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.WhereaboutsSealed, (byte[]?)null).SetProperty(row => row.WhereaboutsUntil, (DateTimeOffset?)null),
            cancel),
        (rows, now, cancel) =>
        {
            var before = now - EndedSessionsKept;
            return rows.Sessions.Where(row => row.ExpiresAt < before).ExecuteDeleteAsync(cancel);
        },
    ];

    /// <summary>Sign-ups that were never finished have keys and an account too: UnfinishedSignUps erases them whole.</summary>
    private static Task SweepVerificationsAsync(AuthDbContext rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var pending = now - PendingSignUpsKept;
        return rows.Verifications.Where(row => row.ExpiresAt < pending)
            .Where(row => row.Purpose != VerificationPurpose.SignUp || row.UsedAt != null)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The newest stays however old: it is what a replica that starts goes on from.</summary>
    private static async Task SweepSessionChangesAsync(AuthDbContext rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changed = now - SessionChangesKept;
        var newest = await rows.SessionChanges.MaxAsync(row => (long?)row.Sequence, cancellationToken);
        await rows.SessionChanges.Where(row => row.At < changed && row.Sequence < newest).ExecuteDeleteAsync(cancellationToken);
    }
}
