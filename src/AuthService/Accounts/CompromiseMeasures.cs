using System.Globalization;
using AuthService.Audit;
using AuthService.Devices;
using AuthService.Hosting.Calls;
using AuthService.Messaging;
using AuthService.Risk;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Security.Trust;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>
/// What follows from a report: whoever is in is out, whoever knows the password knows nothing, and what he may have left behind to come
/// back by does not count. The owner comes back by recovery, with what he had before.
/// </summary>
internal sealed class CompromiseMeasures(
    SessionEnder sessions,
    DeviceTokens deviceTokens,
    ContactChanges contactChanges,
    PasswordHashing passwords,
    LoginMemory memory,
    OwnerNotices notices,
    AuditTrail audit)
{
    public async Task<ReportCompromiseResponse> TakeAsync(
        Work work, AccountKeys keys, Doubt doubt, bool byToken, Call call, CancellationToken cancellationToken)
    {
        var rows = work.Rows;
        var account = await rows.Accounts.SingleAsync(row => row.Id == keys.Account.Value, cancellationToken);

        // 1. out, at once: of the sessions none is known to be the owner's, not even the one that reports
        var receipt = new ReportCompromiseResponse
        {
            SessionsEnded = await sessions.EndAllAsync(work, keys.Account, SessionEnd.Compromised, except: null, cancellationToken),
            DeviceTokensErased = await deviceTokens.EraseAllAsync(work, keys.Account, cancellationToken),
            LoginsDoubted = doubt.VerdictIds.Count,
            ProfileEntriesErased = await Profiles.UnlearnAsync(work, keys.Account, doubt.VerdictIds, cancellationToken),
        };
        work.AfterCommit(() => memory.ForgetAsync(keys.Account));

        // 2. what was added is frozen; contacts go back to those before
        receipt.DevicesFrozen = await FreezeDevicesAsync(work, account, doubt.Since, cancellationToken);
        receipt.FactorsFrozen = await FreezeFactorsAsync(work, account, doubt.Since, cancellationToken);
        receipt.ContactsTakenBack = await contactChanges.TakeBackAsync(work, account, keys, doubt.Since, cancellationToken);

        // 3. codes on their way, step-ups under way and a recovery that waits come to nothing: they may be the thief's
        await rows.Verifications.Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
        await rows.StepUps.Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
        await rows.WaitingRecoveries.Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);

        // 4. the password is nobody's: the one who guessed it cannot even tell that it was right. Nor does a key sign in until a
        //    recovery has set another.
        account.PasswordHash = passwords.CreateUnmatchable();
        account.PasswordChangedAt = work.Now;
        account.PasswordResetRequiredAt = work.Now;
        account.UpdatedAt = work.Now;

        // 5. what other notices carry is spent, the owner is told where he is reached now, and the log
        await ReportTokens.UseAllAsync(work, keys.Account, cancellationToken);
        notices.Notify(work, account, keys, MessageTemplate.CompromiseReported);
        audit.Record(work, Event(call, keys, doubt, byToken, receipt));
        return receipt;
    }

    private static async Task<int> FreezeDevicesAsync(Work work, AccountRow account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var added = await work.Rows.Devices.Where(row => row.AccountId == account.Id && row.CreatedAt >= since).ToListAsync(cancellationToken);
        foreach (var device in added)
            device.TrustedFrom = SoftDoors.Frozen;
        return added.Count;
    }

    private static async Task<int> FreezeFactorsAsync(Work work, AccountRow account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var added = await work.Rows.Factors
            .Where(row => row.AccountId == account.Id && (row.CreatedAt >= since || row.ConfirmedAt >= since))
            .ToListAsync(cancellationToken);
        foreach (var factor in added)
            (factor.TrustedFrom, factor.IsCountersigned) = (SoftDoors.Frozen, false);
        return added.Count;
    }

    private static AuditEntry Event(Call call, AccountKeys keys, Doubt doubt, bool byToken, ReportCompromiseResponse receipt) =>
        new(EventType.CompromiseReported, call)
        {
            Account = keys.Account,
            Keys = keys,
            Session = byToken ? null : call.User.Session,
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["by"] = byToken ? "report_token" : "session",
                ["since"] = doubt.Since.ToString("O", CultureInfo.InvariantCulture),
                ["sessions_ended"] = Text(receipt.SessionsEnded),
                ["device_tokens_erased"] = Text(receipt.DeviceTokensErased),
                ["logins_doubted"] = Text(receipt.LoginsDoubted),
                ["profile_entries_erased"] = Text(receipt.ProfileEntriesErased),
                ["devices_frozen"] = Text(receipt.DevicesFrozen),
                ["factors_frozen"] = Text(receipt.FactorsFrozen),
                ["contacts_taken_back"] = Text(receipt.ContactsTakenBack),
            },
        };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
