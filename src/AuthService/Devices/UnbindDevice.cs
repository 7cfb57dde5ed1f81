using System.Globalization;
using AuthService.Audit;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Risk;
using AuthService.Security.Keys;
using AuthService.Security.Trust;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Devices;

/// <summary>
/// Takes a device off the account, with all that it has: also the veto on a key that somebody else bound. Everything in one
/// transaction, or nothing; the answer is a receipt.
/// </summary>
internal sealed class UnbindDevice(
    AccountKeyStore accountKeys,
    SessionEnder sessions,
    DeviceTokens tokens,
    OwnerNotices notices,
    Database database,
    IdempotentRequests requests,
    AuditTrail audit,
    IOptions<DeploymentOptions> deployment)
{
    public async Task<UnbindDeviceResponse> RunAsync(UnbindDeviceRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        fields.ThrowIfAny();
        var device = Ids.ParseDevice("device_id", request.DeviceId, deployment.Value.Region);

        // 2. once, or the receipt of the first time
        var keys = await accountKeys.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.CredentialRequired();
        var identity = new RequestIdentity(call.User.Account.Value, call.Rule.Rpc.Value, request.RequestId, request);
        return await database.WriteAsync(
            work => requests.OnceAsync(work, identity, () => UnbindAsync(work, device, keys, call, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private async Task<UnbindDeviceResponse> UnbindAsync(
        Work work, DeviceId id, AccountKeys keys, Call call, CancellationToken cancellationToken)
    {
        var (rows, account) = (work.Rows, call.User.Account);
        var owner = await rows.Accounts.SingleAsync(row => row.Id == account.Value, cancellationToken);
        var device = await rows.Devices.SingleOrDefaultAsync(row => row.Id == id.Value && row.AccountId == account.Value, cancellationToken)
            ?? throw CallErrors.NotFound("device");

        var isCountersigned = await SoftDoors.IsCountersignedAsync(work, call, cancellationToken);

        // 3. consent, sessions, tokens, what it taught, the key
        await WithdrawConsentAsync(work, account, id, cancellationToken);
        var receipt = new UnbindDeviceResponse
        {
            SessionsEnded = await sessions.EndOfDeviceAsync(work, account, id, cancellationToken),
            DeviceTokensErased = await tokens.EraseOfDeviceAsync(work, account, id, cancellationToken),
            ProfileEntriesErased = await Profiles.ForgetDeviceAsync(work, account, id, cancellationToken),
            UnbindTime = work.Now.ToTimestamp(),
        };
        rows.Devices.Remove(device);

        // 4. who showed no trusted guard may be taking the owner's away, to bind one of his own as the first
        if (device.TrustedFrom <= work.Now && !isCountersigned)
            owner.GuardTakenAwayAt = work.Now;

        // 5. the owner, and the log
        notices.Notify(work, owner, keys, MessageTemplate.DeviceUnbound);
        audit.Record(work, Event(call, keys, id, device, receipt));
        return receipt;
    }

    private static Task<int> WithdrawConsentAsync(Work work, AccountId account, DeviceId device, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = work.Now;
        return work.Rows.Consents
            .Where(row => row.AccountId == account.Value && row.DeviceId == device.Value && row.WithdrawnAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(consent => consent.WithdrawnAt, now), cancellationToken);
    }

    private static AuditEntry Event(Call call, AccountKeys keys, DeviceId id, DeviceRow device, UnbindDeviceResponse receipt) =>
        new(EventType.DeviceUnbound, call)
        {
            Account = call.User.Account,
            Keys = keys,
            Session = call.User.Session,
            Device = id,
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["key_thumbprint"] = device.KeyThumbprint,
                ["sessions_ended"] = receipt.SessionsEnded.ToString(CultureInfo.InvariantCulture),
                ["device_tokens_erased"] = receipt.DeviceTokensErased.ToString(CultureInfo.InvariantCulture),
                ["profile_entries_erased"] = receipt.ProfileEntriesErased.ToString(CultureInfo.InvariantCulture),
            },
        };
}
