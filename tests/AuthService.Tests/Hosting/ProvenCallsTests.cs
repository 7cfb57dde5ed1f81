using AuthService.Protocol;
using AuthService.Security.Proofs;
using AuthService.Storage;
using AuthService.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Hosting;

/// <summary>What a proof that verifies entitles to, and what it does not.</summary>
public sealed class ProvenCallsTests(SharedService shared) : IClassFixture<SharedService>
{
    private static readonly ListDevicesRequest Request = new() { PageSize = 7 };

    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task A_proof_of_another_account_s_device_proves_nothing_about_the_caller()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var session = await account.SignInAsync();
        using var foreign = await PhoneAsync();
        var proof = Proof(foreign) with { Token = session.AccessToken, Challenge = await foreign.ChallengeAsync() };

        (await RefusalAsync(await proof.ToMetadataAsync())).Reason().ShouldBe(ErrorReasons.InvalidProof);
    }

    [Fact]
    public async Task Another_device_of_the_account_cannot_speak_for_a_key_bound_session()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        using var tablet = await TestDevice.BindAsync(_service, await account.SignInAsync(), countersigner: phone);
        var proof = Proof(tablet) with { Token = phone.Session.AccessToken };

        (await RefusalAsync(await proof.ToMetadataAsync())).Reason().ShouldBe(ErrorReasons.ProofRequired);
    }

    [Theory]
    [InlineData("198.51.100.7", true)]
    [InlineData("198.51.100.200", true)]
    [InlineData("203.0.113.7", false)]
    public async Task An_answered_challenge_makes_a_call_fresh_unless_it_was_issued_to_another_network(string issuedTo, bool isFresh)
    {
        using var phone = await PhoneAsync();
        await MakeStaleAsync(phone);
        var request = new UnbindDeviceRequest { DeviceId = "dev_de_01hzzzzzzzzzzzzzzzzzzzzzzz" };
        var proof = phone.Proof(DeviceService.Descriptor, "UnbindDevice", request) with { Challenge = await phone.ChallengeAsync(from: issuedTo) };

        var refusal = await Refusals.OfAsync(
            _service.Devices.UnbindDeviceAsync(request, TestService.From("198.51.100.7", await proof.ToMetadataAsync())));

        refusal.Reason().ShouldBe(isFresh ? ErrorReasons.NotFound : ErrorReasons.FreshFactorRequired);
    }

    [Fact]
    public async Task A_proof_by_time_does_not_make_a_call_fresh()
    {
        using var phone = await PhoneAsync();
        await MakeStaleAsync(phone);
        var request = new UnbindDeviceRequest { DeviceId = phone.Device.DeviceId };

        var refusal = await Refusals.OfAsync(_service.Devices.UnbindDeviceAsync(
            request, await phone.Proof(DeviceService.Descriptor, "UnbindDevice", request).ToMetadataAsync()));

        refusal.Reason().ShouldBe(ErrorReasons.FreshFactorRequired);
    }

    [Fact]
    public async Task A_key_on_probation_does_not_make_a_call_fresh()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var owners = await TestDevice.BindAsync(_service, await account.SignInAsync());
        using var thiefs = await TestDevice.BindAsync(_service, await account.SignInAsync());
        await MakeStaleAsync(thiefs);
        var request = new UnbindDeviceRequest { DeviceId = owners.Device.DeviceId };
        var proof = thiefs.Proof(DeviceService.Descriptor, "UnbindDevice", request) with { Challenge = await thiefs.ChallengeAsync() };

        var refusal = await Refusals.OfAsync(
            _service.Devices.UnbindDeviceAsync(request, TestService.From("198.51.100.7", await proof.ToMetadataAsync())));

        refusal.Reason().ShouldBe(ErrorReasons.FreshFactorRequired);
    }

    [Fact]
    public async Task When_a_device_was_last_seen_is_noted_to_the_minute()
    {
        using var phone = await PhoneAsync();
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        var seenAt = _service.Clock.GetUtcNow();
        await CallAsync(await Proof(phone).ToMetadataAsync());

        await _service.Services.GetRequiredService<DeviceSightings>().FlushAsync(CancellationToken.None);

        (await LastSeenAsync(phone)).ShouldBe(seenAt);
    }

    [Fact]
    public async Task Within_a_minute_a_device_s_row_is_written_once()
    {
        using var phone = await PhoneAsync();
        var boundAt = _service.Clock.GetUtcNow();
        _service.Clock.Advance(TimeSpan.FromSeconds(59));
        await CallAsync(await Proof(phone).ToMetadataAsync());

        await _service.Services.GetRequiredService<DeviceSightings>().FlushAsync(CancellationToken.None);

        (await LastSeenAsync(phone)).ShouldBe(boundAt);
    }

    private async Task<TestDevice> PhoneAsync()
    {
        var account = await SeededAccount.CreateAsync(_service);
        return await TestDevice.BindAsync(_service, await account.SignInAsync());
    }

    private static TestProof Proof(TestDevice device) => device.Proof(DeviceService.Descriptor, "ListDevices", Request);

    private async Task<ListDevicesResponse> CallAsync(Metadata metadata) => await _service.Devices.ListDevicesAsync(Request, metadata);

    private Task<RpcException> RefusalAsync(Metadata metadata) => Refusals.OfAsync(_service.Devices.ListDevicesAsync(Request, metadata));

    /// <summary>Six minutes after the factor, with tokens from three minutes after it: a refresh is no factor.</summary>
    private async Task MakeStaleAsync(TestDevice phone)
    {
        _service.Clock.Advance(TimeSpan.FromMinutes(3));
        var request = new RefreshSessionRequest { RefreshToken = phone.Session.RefreshToken };
        var proof = phone.Proof(SessionService.Descriptor, "RefreshSession", request) with { Token = null };
        phone.Session = (await _service.Sessions.RefreshSessionAsync(request, await proof.ToMetadataAsync())).Session;
        _service.Clock.Advance(TimeSpan.FromMinutes(3));
    }

    private Task<DateTimeOffset> LastSeenAsync(TestDevice phone) => _service.Services.GetRequiredService<Database>().ReadAsync(
        rows => rows.Devices.Where(row => row.Id == phone.Device.DeviceId).Select(row => row.LastSeenAt).SingleAsync(), CancellationToken.None);
}
