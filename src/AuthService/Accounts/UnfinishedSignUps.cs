using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Erases sign-ups whose contact nobody verified, a day after their code expired: what was typed is nobody's account.</summary>
internal sealed class UnfinishedSignUps(Database database, AccountKeyStore accountKeys, TimeProvider clock, ILogger<UnfinishedSignUps> log)
    : BackgroundService
{
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private const int Batch = 100;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await EraseAsync(stoppingToken) == Batch)
                {
                    // There may be more.
                }
            }
            catch (StoreUnavailableException fault)
            {
                log.NotErased(fault);
            }
        }
    }

    /// <returns>How many, at most a batch.</returns>
    internal async Task<int> EraseAsync(CancellationToken cancellationToken)
    {
        var before = database.Now() - Kept;
        var unfinished = await database.ReadAsync(
            rows => rows.Verifications
                .Where(row => row.Purpose == VerificationPurpose.SignUp && row.UsedAt == null && row.ExpiresAt < before)
                .OrderBy(row => row.ExpiresAt)
                .Take(Batch)
                .Select(row => row.AccountId)
                .ToListAsync(cancellationToken),
            cancellationToken);

        // The key first: should we stop in between, what is left is noise, and its verification still stands to find it by.
        foreach (var account in unfinished)
            await accountKeys.DestroyAsync(AccountId.Parse(account), cancellationToken);
        if (unfinished.Count > 0)
            await database.WriteAsync(work => EraseRowsAsync(work, unfinished, cancellationToken), cancellationToken);
        return unfinished.Count;
    }

    private static async Task EraseRowsAsync(Work work, List<string> accounts, CancellationToken cancellationToken)
    {
        await work.Rows.Consents.Where(row => accounts.Contains(row.AccountId)).ExecuteDeleteAsync(cancellationToken);
        await work.Rows.Accounts.Where(row => accounts.Contains(row.Id) && row.VerifiedAt == null).ExecuteDeleteAsync(cancellationToken);
        await work.Rows.Verifications.Where(row => accounts.Contains(row.AccountId)).ExecuteDeleteAsync(cancellationToken);
    }
}
