using AuthService.Devices;
using AuthService.Messaging;
using AuthService.RateLimiting;
using AuthService.Security.Keys;
using AuthService.Security.Passwords;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Accounts;

/// <summary>Puts the password that a recovery set in its place, with all that follows: at once, or when its wait is over.</summary>
internal sealed class RecoveredPassword(SessionEnder sessions, DeviceTokens deviceTokens, ConsecutiveFailures failures, OwnerNotices notices)
{
    /// <param name="account">As read in this transaction.</param>
    /// <param name="aloneBy">The channel, if nothing but a contact was shown.</param>
    public async Task SetAsync(
        Work work, AccountRow account, AccountKeys keys, NewPassword password, ContactKind? aloneBy, CancellationToken cancellationToken)
    {
        PasswordFields.Set(account, password, work.Now);

        // Who took over a mailbox must not pass a step-up with it next: see StepUps.
        if (aloneBy is { } channel)
            (account.RecoveredAt, account.RecoveredBy) = (work.Now, channel);

        await sessions.EndAllAsync(work, keys.Account, SessionEnd.Recovered, except: null, cancellationToken);
        await deviceTokens.EraseAllAsync(work, keys.Account, cancellationToken);
        ConsecutiveFailures.Forgive(work, failures.TargetOf("account", account.Id));
        await work.Rows.WaitingRecoveries.Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
        notices.Notify(work, account, keys, MessageTemplate.AccountRecovered);
    }
}
