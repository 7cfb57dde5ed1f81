using System.Security.Cryptography;
using AuthService.Client.Keys;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Devices;

public sealed class BindDeviceTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task The_tokens_from_before_have_ended()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var before = await account.SignInAsync();

        using var phone = await TestDevice.BindAsync(_service, before);

        var refusal = await Refusals.OfAsync(_service.Devices.ListDevicesAsync(new ListDevicesRequest(), SeededAccount.As(before)));
        refusal.Reason().ShouldBe(ErrorReasons.CredentialRequired);
    }

    [Fact]
    public async Task Binding_the_same_key_again_gives_the_same_device_and_new_tokens()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        var (first, session) = (phone.Device, phone.Session);

        await phone.BindAsync(await account.SignInAsync());

        phone.Device.DeviceId.ShouldBe(first.DeviceId);
        phone.Session.AccessToken.ShouldNotBe(session.AccessToken);
        (await _service.Devices.ListDevicesAsync(
            new ListDevicesRequest(),
            await phone.Proof(DeviceService.Descriptor, "ListDevices", new ListDevicesRequest()).ToMetadataAsync())).Devices.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_of_another_account_is_refused()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var other = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());

        var refusal = await Should.ThrowAsync<RpcException>(async () => await phone.BindAsync(await other.SignInAsync()));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe(["public_key"]);
    }

    [Fact]
    public async Task A_key_that_did_not_sign_is_refused()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = TestDevice.Unbound(_service);
        using var stolen = SoftwareDeviceKey.Generate();
        var request = phone.ToBind();
        request.PublicKey = ByteString.CopyFrom(stolen.PublicKey.SubjectPublicKeyInfo.Span);

        var refusal = await Should.ThrowAsync<RpcException>(async () => await phone.BindAsync(await account.SignInAsync(), request: request));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidProof);
    }

    [Fact]
    public async Task Without_a_proof_nothing_is_bound()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = TestDevice.Unbound(_service);

        var refusal = await Refusals.OfAsync(_service.Devices.BindDeviceAsync(phone.ToBind(), SeededAccount.As(await account.SignInAsync())));

        refusal.Reason().ShouldBe(ErrorReasons.ProofRequired);
    }

    [Fact]
    public async Task Without_a_fresh_factor_nothing_is_bound()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var session = await account.SignInAsync();
        _service.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        using var inTime = TestDevice.Unbound(_service);
        var other = await account.SignInAsync();
        using var late = TestDevice.Unbound(_service);

        await inTime.BindAsync(session);
        _service.Clock.Advance(TimeSpan.FromMinutes(4));
        var renewed = await RenewAsync(other);
        _service.Clock.Advance(TimeSpan.FromMinutes(2));
        var refusal = await Should.ThrowAsync<RpcException>(() => late.BindAsync(renewed));

        refusal.Reason().ShouldBe(ErrorReasons.FreshFactorRequired);
    }

    public static TheoryData<string, byte[]> BadKeys()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var offCurve = p256.ExportSubjectPublicKeyInfo();
        offCurve[^1] ^= 1;
        return new TheoryData<string, byte[]>
        {
            { "empty", [] },
            { "P-384", p384.ExportSubjectPublicKeyInfo() },
            { "RSA", rsa.ExportSubjectPublicKeyInfo() },
            { "off the curve", offCurve },
            { "trailing bytes", [.. p256.ExportSubjectPublicKeyInfo(), 0] },
            { "the bare point", p256.ExportSubjectPublicKeyInfo()[^65..] },
        };
    }

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task A_key_that_is_no_P256_key_in_its_one_encoding_is_refused(string kind, byte[] key)
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = TestDevice.Unbound(_service);
        var request = phone.ToBind();
        request.PublicKey = ByteString.CopyFrom(key);

        var refusal = await Should.ThrowAsync<RpcException>(async () => await phone.BindAsync(await account.SignInAsync(), request: request));

        refusal.Fields().ShouldBe(["public_key"], kind);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_request_is_told_at_once()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = TestDevice.Unbound(_service);
        var request = new BindDeviceRequest { Name = new string('n', 129), Category = "phone\n", RequestId = "two words" };

        var refusal = await Should.ThrowAsync<RpcException>(async () => await phone.BindAsync(await account.SignInAsync(), request: request));

        refusal.Fields().ShouldBe(["request_id", "public_key", "name", "category"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_message_that_is_too_large_to_prove_is_refused()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = TestDevice.Unbound(_service);
        var request = phone.ToBind();
        request.Attestation = ByteString.CopyFrom(new byte[70_000]);

        var refusal = await Should.ThrowAsync<RpcException>(async () => await phone.BindAsync(await account.SignInAsync(), request: request));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
    }

    [Fact]
    public async Task An_account_has_at_most_20_devices()
    {
        var account = await SeededAccount.CreateAsync(_service);
        for (var number = 0; number < 20; number++)
            (await TestDevice.BindAsync(_service, await account.SignInAsync())).Dispose();

        var refusal = await Should.ThrowAsync<RpcException>(async () => await TestDevice.BindAsync(_service, await account.SignInAsync()));

        refusal.Fields().ShouldBe(["public_key"]);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_device_has_consent_of_its_own_where_the_account_consented(bool consented, int rows)
    {
        var account = await SeededAccount.CreateAsync(_service, consented ? [ConsentPurpose.DeviceIdentification] : [ConsentPurpose.Location]);

        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());

        var count = await Rows(store => store.Consents.CountAsync(row => row.DeviceId == phone.Device.DeviceId));
        count.ShouldBe(rows);
    }

    [Fact]
    public async Task A_session_that_is_bound_to_a_key_moves_to_the_new_one()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var old = await TestDevice.BindAsync(_service, await account.SignInAsync());

        using var replacement = await TestDevice.BindAsync(_service, old.Session, countersigner: old);

        replacement.Session.SessionId.ShouldBe(old.Session.SessionId);
        replacement.Session.DeviceId.ShouldBe(replacement.Device.DeviceId);
        replacement.Device.TrustedFrom.ShouldBe(_service.Clock.GetUtcNow().ToTimestamp());
    }

    [Fact]
    public async Task The_name_lies_sealed_in_the_database()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());

        var sealedName = await Rows(store => store.Devices.Where(row => row.Id == phone.Device.DeviceId).Select(row => row.NameSealed).SingleAsync());

        sealedName.AsSpan().IndexOf("Ada"u8).ShouldBe(-1);
    }

    private async Task<Session> RenewAsync(Session session) =>
        (await _service.Sessions.RefreshSessionAsync(new RefreshSessionRequest { RefreshToken = session.RefreshToken })).Session;

    private Task<T> Rows<T>(Func<AuthDbContext, Task<T>> query) =>
        _service.Services.GetRequiredService<Database>().ReadAsync(query, CancellationToken.None);
}
