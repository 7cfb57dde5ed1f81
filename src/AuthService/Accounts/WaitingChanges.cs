using AuthService.Audit;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Lets contacts and recoveries that have waited long enough, and that nobody stopped, take effect (<c>Security/Trust</c>).</summary>
/// <remarks>Any number of replicas may run it: each change is looked at again in its own transaction.</remarks>
internal sealed class WaitingChanges(
    Database database,
    AccountKeyStore accountKeys,
    ContactChanges contactChanges,
    RecoveredPassword recovered,
    AuditTrail audit,
    TimeProvider clock,
    ILogger<WaitingChanges> log) : BackgroundService
{
    private const int Batch = 100;
    private const string Actor = "wait";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SettleAsync(stoppingToken);
            }
            catch (StoreUnavailableException fault)
            {
                log.NotSettled(fault);
            }
        }
    }

    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        var now = database.Now();
        var contacts = await database.ReadAsync(
            rows => rows.ContactChanges.Where(row => row.MadeAt == null && row.TrustedFrom <= now).OrderBy(row => row.TrustedFrom)
                .Take(Batch).Select(row => new { row.Id, row.AccountId }).ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var due in contacts)
            await SettleAsync(due.AccountId, (work, account, keys) => ChangeContactAsync(work, due.Id, account, keys, cancellationToken), cancellationToken);

        var recoveries = await database.ReadAsync(
            rows => rows.WaitingRecoveries.Where(row => row.TrustedFrom <= now).OrderBy(row => row.TrustedFrom)
                .Take(Batch).Select(row => row.AccountId).ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var due in recoveries)
            await SettleAsync(due, (work, account, keys) => RecoverAsync(work, account, keys, cancellationToken), cancellationToken);
    }

    private async Task SettleAsync(string accountId, Func<Work, AccountRow, AccountKeys, Task> settle, CancellationToken cancellationToken)
    {
        var keys = await accountKeys.FindAsync(AccountId.Parse(accountId), cancellationToken);
        await database.WriteAsync(
            async work =>
            {
                if (keys is not null && await work.Rows.Accounts.SingleOrDefaultAsync(row => row.Id == accountId, cancellationToken) is { } account)
                {
                    await settle(work, account, keys);
                    return;
                }

                // Of an account that was erased nothing is left to change.
                await work.Rows.ContactChanges.Where(row => row.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
                await work.Rows.WaitingRecoveries.Where(row => row.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
    }

    private async Task ChangeContactAsync(Work work, string id, AccountRow account, AccountKeys keys, CancellationToken cancellationToken)
    {
        var change = await work.Rows.ContactChanges.SingleOrDefaultAsync(row => row.Id == id && row.MadeAt == null, cancellationToken);
        if (change is not null && await contactChanges.MakeAsync(work, account, keys, change, cancellationToken))
            Record(work, EventType.AccountUpdated, keys, ("fields", change.Kind == ContactKind.Email ? "email" : "phone_number"));
    }

    private async Task RecoverAsync(Work work, AccountRow account, AccountKeys keys, CancellationToken cancellationToken)
    {
        var waiting = await work.Rows.WaitingRecoveries.AsNoTracking().SingleOrDefaultAsync(
            row => row.AccountId == account.Id && row.TrustedFrom <= work.Now, cancellationToken);
        if (waiting is null)
            return;

        var password = new NewPassword(waiting.PasswordHash, waiting.PasswordStandsAlone);
        await recovered.SetAsync(work, account, keys, password, waiting.Channel, cancellationToken);
        Record(work, EventType.RecoveryCompleted, keys, ("second_factor", "none"));
    }

    private void Record(Work work, EventType type, AccountKeys keys, (string Name, string Value) detail) => audit.RecordOwnAct(
        work, type, Actor, new Dictionary<string, string>(StringComparer.Ordinal) { [detail.Name] = detail.Value }, keys.Account);
}
