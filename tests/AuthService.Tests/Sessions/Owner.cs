using System.Security.Cryptography;
using AuthService.Client.Keys;
using AuthService.Hosting;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.Security.Keys;
using AuthService.Sessions;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Sessions;

/// <summary>
/// Somebody whose account and devices were put straight into the database, and whose sessions the issuer opens: what these tests are
/// about begins after the login.
/// </summary>
internal sealed class Owner
{
    private static int s_count;

    private readonly TestService _service;

    private Owner(TestService service, AccountId account, string email) => (_service, Account, Email) = (service, account, email);

    public AccountId Account { get; }

    public string Email { get; }

    private Database Database => _service.Services.GetRequiredService<Database>();

    public static async Task<Owner> CreateAsync(TestService service)
    {
        var account = AccountId.Create("de", service.Clock);
        var email = $"owner{Interlocked.Increment(ref s_count)}@example.org";
        var keys = await service.Services.GetRequiredService<AccountKeyStore>().CreateAsync(account, CancellationToken.None);
        var owner = new Owner(service, account, email);
        await owner.Database.WriteAsync(
            work =>
            {
                work.Rows.Accounts.Add(new AccountRow
                {
                    Id = account.Value,
                    CreatedAt = work.Now,
                    UpdatedAt = work.Now,
                    VerifiedAt = work.Now,
                    PasswordHash = "",
                    PasswordChangedAt = work.Now,
                    PolicyVersion = "1",
                    Locale = "de-DE",
                    EmailSealed = Sealing.Seal(keys, OwnerNotices.EmailField, email),
                });
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return owner;
    }

    /// <summary>Opens a session, with the password alone unless said otherwise.</summary>
    public Task<Session> SignInAsync(params FactorKind[] factors) => SignInAsync(null, "", factors);

    public Task<Session> SignInAsync(BoundDevice? device, string requestId, params FactorKind[] factors) => Database.WriteAsync(
        work => _service.Services.GetRequiredService<SessionIssuer>().OpenAsync(
            work,
            new SessionGrant(Account, device?.Row, factors.Length == 0 ? [FactorKind.Password] : factors, RiskLevel.Low, requestId),
            CancellationToken.None),
        CancellationToken.None);

    /// <summary>Passes a factor in an open session.</summary>
    public Task<Session> StepUpAsync(Session session, FactorKind factor) => Database.WriteAsync(
        async work =>
        {
            var row = await work.Rows.Sessions.SingleAsync(row => row.Id == session.SessionId);
            PassedFactor.Note(row, factor, work.Now);
            return await _service.Services.GetRequiredService<SessionIssuer>().RenewAsync(work, row, CancellationToken.None);
        },
        CancellationToken.None);

    public async Task<BoundDevice> BindDeviceAsync()
    {
        var key = SoftwareDeviceKey.Generate();
        var row = new DeviceRow
        {
            Id = DeviceId.Create("de", _service.Clock).Value,
            AccountId = Account.Value,
            PublicKey = key.PublicKey.SubjectPublicKeyInfo.ToArray(),
            KeyThumbprint = key.PublicKey.Thumbprint,
            NameSealed = [],
            Category = "phone",
        };
        await Database.WriteAsync(
            work =>
            {
                work.Rows.Devices.Add(row);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return new BoundDevice(_service, row, key);
    }

    /// <summary>The types of the events about this account, in their order.</summary>
    public async Task<IReadOnlyList<EventType>> EventsAsync() => await Database.ReadAsync(
        async rows => (await rows.AuditEvents.Where(row => row.AccountId == Account.Value).OrderBy(row => row.Sequence).ToListAsync())
            .ConvertAll(row => (EventType)row.Type),
        CancellationToken.None);
}

/// <summary>A device with its key.</summary>
internal sealed record BoundDevice(TestService Service, DeviceRow Row, SoftwareDeviceKey Key)
{
    /// <summary>Headers that prove possession of the key for one call.</summary>
    /// <param name="rpc">Of the SessionService.</param>
    /// <param name="accessToken">That goes with it, or null.</param>
    public async Task<Metadata> ProveAsync(string rpc, IMessage request, string? accessToken = null)
    {
        var time = new ProofFreshness.ByTime(
            Timestamp.FromDateTimeOffset(Service.Clock.GetUtcNow()), RandomNumberGenerator.GetBytes(ProofLimits.MinJti));
        var payload = new ProofPayload
        {
            Audience = Service.Services.GetRequiredService<IOptions<DeploymentOptions>>().Value.Audience,
            ServerCertificateHash = default,
            Rpc = RpcName.Of(SessionService.Descriptor.FindMethodByName(rpc)),
            DeviceId = Row.Id,
            Freshness = time,
            MessageHash = SHA256.HashData(request.ToByteArray()),
            TokenHash = ProofPayload.HashToken(accessToken),
        };
        var signature = await Key.SignAsync(payload.ToBytes(), CancellationToken.None);
        var headers = accessToken is null ? [] : TestService.Bearer(accessToken);
        headers.Add(ProofMetadata.Name, new DeviceProof
        {
            DeviceId = Row.Id,
            IssuedAt = time.IssuedAt,
            Jti = ByteString.CopyFrom(time.Jti.Span),
            Signature = ByteString.CopyFrom(signature.Bytes.Span),
        }.ToByteArray());
        return headers;
    }
}
