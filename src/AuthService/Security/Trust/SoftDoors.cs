using AuthService.Hosting.Calls;
using AuthService.Security.Factors;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Security.Trust;

/// <summary>From when on something new of an account counts: finds out what <see cref="Newcomer"/> asks.</summary>
public sealed class SoftDoors(IOptions<SoftDoorOptions> options)
{
    /// <summary>
    /// In place of a time: not before its owner confirms it again. Of what was added in a time that is doubted, see
    /// <c>Accounts/ReportCompromise</c>. The last millisecond of the year 9999, which every store and message can hold.
    /// </summary>
    public static readonly DateTimeOffset Frozen = DateTimeOffset.FromUnixTimeMilliseconds(253_402_300_799_999);

    /// <summary>
    /// Whether a trusted guard vouches for what is asked: a bound key that signed this call, or a second factor passed in this session
    /// within the time that makes a call fresh. Both as they are now: they may have been taken away since.
    /// </summary>
    public static async Task<bool> IsCountersignedAsync(Work work, Call call, CancellationToken cancellationToken)
    {
        if (call.Caller is not Caller.User user)
            return false;

        if (await CountersignerAsync(work, call, except: null, cancellationToken) is not null)
            return true;

        var (session, since) = (user.Session.Value, work.Now - Call.Freshness);
        return await work.Rows.Sessions.AnyAsync(
            row => row.Id == session && row.EndedAt == null && row.VouchedAt >= since, cancellationToken);
    }

    /// <summary>
    /// The trusted device of the caller's account whose key signed this call, or null. One whose challenge was relayed vouches for nothing:
    /// somebody may stand between.
    /// </summary>
    /// <param name="except">The device that is vouched for, or null.</param>
    public static async Task<DeviceRow?> CountersignerAsync(Work work, Call call, string? except, CancellationToken cancellationToken)
    {
        if (call.Caller is not Caller.User { Account.Value: var account } || call.Proof is not { Relayed: false, Device.Id: var device } || device == except)
            return null;
        return await work.Rows.Devices.SingleOrDefaultAsync(
            row => row.Id == device && row.AccountId == account && row.TrustedFrom <= work.Now, cancellationToken);
    }

    /// <summary>From when on a new key, factor or contact counts.</summary>
    /// <param name="account">As read in this transaction.</param>
    /// <param name="isCountersigned">From <see cref="IsCountersignedAsync"/>, when it was asked for or now.</param>
    /// <param name="except">The key or factor itself, or null.</param>
    public async Task<DateTimeOffset> OfNewAsync(
        Work work, AccountRow account, bool isCountersigned, string? except, CancellationToken cancellationToken)
    {
        // Guards that wait themselves count too: who put them there may be whom the wait is for.
        var isGuarded = await work.Rows.Devices.AnyAsync(
                row => row.AccountId == account.Id && row.Id != except && row.TrustedFrom < Frozen, cancellationToken)
            || await work.Rows.Factors.AnyAsync(
                row => row.AccountId == account.Id && row.Id != except && row.TrustedFrom < Frozen, cancellationToken);
        return new Newcomer(isGuarded, isCountersigned, account.GuardTakenAwayAt, account.RecoveredAt).TrustedFrom(work.Now, options.Value.Wait);
    }

    /// <summary>From when on a password counts that a recovery sets.</summary>
    /// <param name="isCountersigned">Whether a second factor or a trusted key was shown beside the contact.</param>
    /// <remarks>
    /// Only guards that are trusted hold it up: a thief's, which still wait, must not keep the owner out. Nor does a recovery before it,
    /// which may have been the thief's.
    /// </remarks>
    public async Task<DateTimeOffset> OfRecoveryAsync(
        AuthDbContext rows, AccountRow account, bool isCountersigned, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isGuarded = await rows.Devices.AnyAsync(row => row.AccountId == account.Id && row.TrustedFrom <= now, cancellationToken)
            || await SecondFactors.AnyAsync(rows, AccountId.Parse(account.Id), now, cancellationToken);
        return new Newcomer(isGuarded, isCountersigned, account.GuardTakenAwayAt, RecoveredAt: null).TrustedFrom(now, options.Value.Wait);
    }
}
