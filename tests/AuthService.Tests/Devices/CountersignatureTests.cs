using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace AuthService.Tests.Devices;

public sealed class CountersignatureTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task The_first_key_is_trusted_at_once_and_the_session_is_bound_to_it()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = TestDevice.Unbound(_service);

        var answer = await phone.BindAsync(await account.SignInAsync());

        answer.Device.Name.ShouldBe("Ada's phone");
        answer.Device.Category.ShouldBe("phone");
        answer.Device.KeyThumbprint.ShouldBe(phone.Key.PublicKey.Thumbprint);
        answer.Device.TrustedFrom.ShouldBe(_service.Clock.GetUtcNow().ToTimestamp());
        answer.Device.Attested.ShouldBeFalse();
        answer.Session.DeviceId.ShouldBe(answer.Device.DeviceId);
        answer.Session.Amr.ShouldContain(AuthenticationMethods.SoftwareKey);
        answer.Session.Aal.ShouldBe(AssuranceLevels.Aal2);
    }

    [Fact]
    public async Task A_further_key_without_a_countersignature_waits_72_hours_and_the_owner_is_told()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var first = await TestDevice.BindAsync(_service, await account.SignInAsync());

        using var second = await TestDevice.BindAsync(_service, await account.SignInAsync());

        second.Device.TrustedFrom.ToDateTimeOffset().ShouldBe(_service.Clock.GetUtcNow() + TimeSpan.FromHours(72));
        (await _service.Messages.NextToAsync(account.Email)).Template.ShouldBe(MessageTemplate.DeviceBound);
        (await _service.Messages.NextToAsync(account.Email)).Template.ShouldBe(MessageTemplate.DeviceBoundWaiting);
    }

    [Fact]
    public async Task A_key_that_waits_is_no_factor()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var first = await TestDevice.BindAsync(_service, await account.SignInAsync());

        using var second = await TestDevice.BindAsync(_service, await account.SignInAsync());

        second.Session.DeviceId.ShouldBe(second.Device.DeviceId);
        second.Session.Amr.ShouldNotContain(AuthenticationMethods.SoftwareKey);
        second.Session.Aal.ShouldBe(AssuranceLevels.Aal1);
    }

    [Fact]
    public async Task A_key_that_an_old_one_countersigns_is_trusted_at_once()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var first = await TestDevice.BindAsync(_service, await account.SignInAsync());

        using var second = await TestDevice.BindAsync(_service, await account.SignInAsync(), countersigner: first);

        second.Device.TrustedFrom.ShouldBe(_service.Clock.GetUtcNow().ToTimestamp());
    }

    [Fact]
    public async Task A_countersignature_whose_challenge_was_relayed_vouches_for_nothing()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var first = await TestDevice.BindAsync(_service, await account.SignInAsync());
        using var second = TestDevice.Unbound(_service);
        var (request, session) = (second.ToBind(), await account.SignInAsync());
        var metadata = await second.BindMetadataAsync(request, session);
        var relayed = first.Proof(DeviceService.Descriptor, "BindDevice", request) with
        {
            Token = session.AccessToken, Challenge = await first.ChallengeAsync(ChallengePurpose.BindDevice, from: "203.0.113.7"),
        };
        metadata.Add(ProofMetadata.Name, (await relayed.SignAsync()).ToByteArray());

        var answer = await _service.Devices.BindDeviceAsync(request, metadata);

        answer.Device.TrustedFrom.ToDateTimeOffset().ShouldBeGreaterThan(_service.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_key_that_waits_cannot_vouch_for_another()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var first = await TestDevice.BindAsync(_service, await account.SignInAsync());
        using var waiting = await TestDevice.BindAsync(_service, await account.SignInAsync());

        using var third = await TestDevice.BindAsync(_service, await account.SignInAsync(), countersigner: waiting);

        third.Device.TrustedFrom.ToDateTimeOffset().ShouldBeGreaterThan(_service.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_countersignature_by_a_device_of_another_account_is_refused()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var other = await SeededAccount.CreateAsync(_service);
        using var first = await TestDevice.BindAsync(_service, await account.SignInAsync());
        using var foreign = await TestDevice.BindAsync(_service, await other.SignInAsync());

        var refusal = await Should.ThrowAsync<RpcException>(
            async () => await TestDevice.BindAsync(_service, await account.SignInAsync(), countersigner: foreign));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidProof);
    }

    [Fact]
    public async Task A_countersignature_that_comes_later_ends_the_wait()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var first = await TestDevice.BindAsync(_service, await account.SignInAsync());
        using var second = await TestDevice.BindAsync(_service, await account.SignInAsync());
        var waiting = second.Device;

        await second.BindAsync(await account.SignInAsync(), countersigner: first);

        second.Device.DeviceId.ShouldBe(waiting.DeviceId);
        second.Device.TrustedFrom.ShouldBe(_service.Clock.GetUtcNow().ToTimestamp());
        second.Session.Aal.ShouldBe(AssuranceLevels.Aal2);
    }

    [Fact]
    public async Task A_key_cannot_end_its_own_wait()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var first = await TestDevice.BindAsync(_service, await account.SignInAsync());
        using var second = await TestDevice.BindAsync(_service, await account.SignInAsync());
        var waiting = second.Device;

        await second.BindAsync(second.Session, countersigner: second);

        second.Device.TrustedFrom.ShouldBe(waiting.TrustedFrom);
    }

    [Fact]
    public async Task The_first_key_after_a_recovery_waits_too()
    {
        var account = await SeededAccount.CreateAsync(_service, change: row => row.RecoveredAt = _service.Clock.GetUtcNow());

        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());

        phone.Device.TrustedFrom.ToDateTimeOffset().ShouldBe(_service.Clock.GetUtcNow() + TimeSpan.FromHours(72));
    }
}
