using AuthService.Audit;
using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.Security.Keys;
using AuthService.Security.Trust;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Devices;

/// <summary>Binds a key to the account, and the caller's session to the key.</summary>
/// <remarks>
/// A key names a device: bound again to its own account it is the same device, with its trust, and the session gets new tokens. So a
/// lost answer is made up for by asking again, from this session or another, and no request needs to be remembered.
/// </remarks>
internal sealed class BindDevice(
    AccountKeyStore accountKeys,
    SessionIssuer sessions,
    SoftDoors doors,
    OwnerNotices notices,
    Database database,
    AuditTrail audit,
    CountedEvents countedEvents,
    IOptions<DeviceOptions> options,
    IOptions<DeploymentOptions> deployment,
    TimeProvider clock)
{
    private const int MaxName = 128, MaxCategory = 32, MaxAttestation = 32 * 1024;

    public async Task<BindDeviceResponse> RunAsync(BindDeviceRequest request, Call call, CancellationToken cancellationToken)
    {
        // 1. what is asked
        var key = Parse(request);

        // 2. the key itself signed this very call
        if (call.NewKey is not { } proof)
            throw CallErrors.ProofRequired();
        if (!proof.IsBy(key))
        {
            countedEvents.Note(EventType.ProofRejected, call, ErrorReasons.InvalidProof);
            throw CallErrors.InvalidProof("the signature does not verify with public_key", "signature");
        }

        // 3. device, consent, session, notice and event, in one transaction
        var keys = await accountKeys.FindAsync(call.User.Account, cancellationToken) ?? throw CallErrors.CredentialRequired();
        return await database.WriteAsync(work => BindAsync(work, request, key, keys, call, cancellationToken), cancellationToken);
    }

    private static DevicePublicKey Parse(BindDeviceRequest request)
    {
        var fields = new FieldViolations();
        fields.RequestId(request.RequestId);
        if (!DevicePublicKey.TryParse(request.PublicKey.Span, out var key))
            fields.Add("public_key", "Must be a SubjectPublicKeyInfo in DER: P-256 as a named curve, the point uncompressed.");
        fields.Text("name", request.Name, MaxName);
        fields.Text("category", request.Category, MaxCategory);
        if (request.Attestation.Length > MaxAttestation)
            fields.Add("attestation", $"Must be at most {MaxAttestation} bytes.");
        fields.ThrowIfAny();
        return key!;
    }

    private async Task<BindDeviceResponse> BindAsync(
        Work work, BindDeviceRequest request, DevicePublicKey key, AccountKeys keys, Call call, CancellationToken cancellationToken)
    {
        var (rows, user) = (work.Rows, call.User);
        var account = await rows.Accounts.SingleAsync(row => row.Id == user.Account.Value, cancellationToken);
        var session = await rows.Sessions.SingleOrDefaultAsync(row => row.Id == user.Session.Value && row.EndedAt == null, cancellationToken)
            ?? throw CallErrors.CredentialRequired();
        var others = await rows.Devices.Where(row => row.AccountId == account.Id).ToListAsync(cancellationToken);

        // 4. a key that is nobody else's; who holds the private key is told no more than that
        var device = others.Find(row => row.KeyThumbprint == key.Thumbprint);
        if (device is null && await rows.Devices.AnyAsync(row => row.KeyThumbprint == key.Thumbprint, cancellationToken))
            throw CallErrors.InvalidField("public_key", "Is bound already.");
        if (device is null && others.Count >= options.Value.PerAccount)
            throw CallErrors.InvalidField("public_key", $"The account has {others.Count} devices, which is the most: unbind one first.");

        // 5. as far as it can be trusted. The old key may have been unbound since its proof was verified.
        var countersigner = await SoftDoors.CountersignerAsync(work, call, except: device?.Id, cancellationToken);
        var isCountersigned = countersigner is not null || await SoftDoors.IsCountersignedAsync(work, call, cancellationToken);
        var isNew = device is null || device.TrustedFrom == SoftDoors.Frozen;
        if (device is null)
        {
            device = Add(work, account, key, await doors.OfNewAsync(work, account, isCountersigned, except: null, cancellationToken));
            await ConsentAsync(work, account, device, cancellationToken);
        }
        else if (isNew)
        {
            device.TrustedFrom = await doors.OfNewAsync(work, account, isCountersigned, except: device.Id, cancellationToken);
        }
        else if (isCountersigned && device.TrustedFrom > work.Now)
        {
            device.TrustedFrom = work.Now;
        }

        device.NameSealed = DeviceNames.Seal(keys, device.Id, request.Name);
        device.Category = request.Category;
        device.LastSeenAt = work.Now;

        // 6. the session. A key that waits is no factor yet.
        session.DeviceId = device.Id;
        if (device.TrustedFrom <= work.Now)
            PassedFactor.Note(session, FactorKind.DeviceKey, work.Now);
        var renewed = await sessions.RenewAsync(work, session, cancellationToken);

        // 7. the owner, and the log
        if (isNew)
            notices.Notify(work, account, keys, device.TrustedFrom > work.Now ? MessageTemplate.DeviceBoundWaiting : MessageTemplate.DeviceBound);
        audit.Record(work, Event(call, keys, device, countersigner));
        return new BindDeviceResponse { Device = device.ToMessage(keys), Session = renewed };
    }

    private DeviceRow Add(Work work, AccountRow account, DevicePublicKey key, DateTimeOffset trustedFrom)
    {
        var device = new DeviceRow
        {
            Id = DeviceId.Create(deployment.Value.Region, clock).Value,
            AccountId = account.Id,
            PublicKey = key.SubjectPublicKeyInfo.ToArray(),
            KeyThumbprint = key.Thumbprint,
            NameSealed = [],
            Category = "",
            CreatedAt = work.Now,
            TrustedFrom = trustedFrom,

            // Attestations are kept by nobody until they can be verified: design §8, "verified or worth nothing".
            Attested = false,
        };
        work.Rows.Devices.Add(device);
        return device;
    }

    /// <summary>What was consented to for the account holds for its devices, each of which it can be withdrawn for.</summary>
    private static async Task ConsentAsync(Work work, AccountRow account, DeviceRow device, CancellationToken cancellationToken)
    {
        var general = await work.Rows.Consents.SingleOrDefaultAsync(
            row => row.AccountId == account.Id && row.DeviceId == "" && row.Purpose == (int)ConsentPurpose.DeviceIdentification
                && row.WithdrawnAt == null,
            cancellationToken);
        if (general is null)
            return;

        work.Rows.Consents.Add(new ConsentRow
        {
            AccountId = account.Id,
            DeviceId = device.Id,
            Purpose = general.Purpose,
            GrantedAt = work.Now,
            PolicyVersion = general.PolicyVersion,
        });
    }

    private static AuditEntry Event(Call call, AccountKeys keys, DeviceRow device, DeviceRow? countersigner)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["trusted_from"] = device.TrustedFrom.ToString("O"),
            ["key_thumbprint"] = device.KeyThumbprint,
        };
        if (countersigner is not null)
            details["countersigned_by"] = countersigner.Id;
        if (call.NewKey is { Relayed: true } || call.Proof is { Relayed: true })
            details["challenge_relayed"] = "true";
        return new AuditEntry(EventType.DeviceBound, call)
        {
            Account = call.User.Account,
            Keys = keys,
            Session = call.User.Session,
            Device = DeviceId.Parse(device.Id),
            Details = details,
        };
    }
}
