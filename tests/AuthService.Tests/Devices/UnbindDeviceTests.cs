using AuthService.Devices;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Devices;

public sealed class UnbindDeviceTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task The_receipt_tells_what_went()
    {
        var account = await SeededAccount.CreateAsync(_service, [ConsentPurpose.DeviceIdentification]);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        await RememberAsync(account, phone);
        await RememberAsync(account, phone);

        var receipt = await UnbindAsync(await account.SignInAsync(), phone);

        receipt.SessionsEnded.ShouldBe(1);
        receipt.DeviceTokensErased.ShouldBe(2);
        receipt.UnbindTime.ShouldBe(_service.Clock.GetUtcNow().ToTimestamp());
    }

    [Fact]
    public async Task What_only_the_device_taught_is_forgotten_and_counted()
    {
        var person = await Person.SignUpAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, person.Session);
        var login = new LoginRequest
        {
            Identifier = person.Email,
            Device = new DeviceCredential { DeviceId = phone.Device.DeviceId },
            Environment = Surroundings.Abroad(),
        };
        var proof = phone.Proof(LoginService.Descriptor, "Login", login) with
        {
            Token = null,
            Challenge = await phone.ChallengeAsync(ChallengePurpose.Login, from: "203.0.113.7"),
        };
        var signedIn = await _service.Logins.LoginAsync(login, TestService.From("203.0.113.7", await proof.ToMetadataAsync()));
        signedIn.OutcomeCase.ShouldBe(LoginResponse.OutcomeOneofCase.Session);
        phone.Session = signedIn.Session;
        var request = new UnbindDeviceRequest { DeviceId = phone.Device.DeviceId };

        var receipt = await _service.Devices.UnbindDeviceAsync(
            request, await phone.Proof(DeviceService.Descriptor, "UnbindDevice", request).ToMetadataAsync());

        receipt.ProfileEntriesErased.ShouldBeGreaterThan(0);
        receipt.SessionsEnded.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_of_the_device_is_left_but_the_withdrawn_consent()
    {
        var account = await SeededAccount.CreateAsync(_service, [ConsentPurpose.DeviceIdentification]);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        await RememberAsync(account, phone);
        var id = phone.Device.DeviceId;

        await UnbindAsync(await account.SignInAsync(), phone);

        (await Rows(rows => rows.Devices.CountAsync(row => row.Id == id))).ShouldBe(0);
        (await Rows(rows => rows.DeviceTokens.CountAsync(row => row.DeviceId == id))).ShouldBe(0);
        (await Rows(rows => rows.Sessions.CountAsync(row => row.DeviceId == id && row.EndedAt == null))).ShouldBe(0);
        (await Rows(rows => rows.Consents.Where(row => row.DeviceId == id).Select(row => row.WithdrawnAt).SingleAsync())).ShouldNotBeNull();
    }

    [Fact]
    public async Task Its_tokens_are_good_no_more_not_even_with_its_proof()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());

        await UnbindAsync(await account.SignInAsync(), phone);

        var request = new ListDevicesRequest();
        var metadata = await phone.Proof(DeviceService.Descriptor, "ListDevices", request).ToMetadataAsync();
        (await Refusals.OfAsync(_service.Devices.ListDevicesAsync(request, metadata))).Reason().ShouldBe(ErrorReasons.CredentialRequired);
    }

    [Fact]
    public async Task A_device_that_unbinds_itself_ends_its_own_session()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        var request = new UnbindDeviceRequest { DeviceId = phone.Device.DeviceId };

        var receipt = await _service.Devices.UnbindDeviceAsync(
            request, await phone.Proof(DeviceService.Descriptor, "UnbindDevice", request).ToMetadataAsync());

        receipt.SessionsEnded.ShouldBe(1);
        var refusal = await Refusals.OfAsync(_service.Devices.ListDevicesAsync(new ListDevicesRequest(), SeededAccount.As(phone.Session)));
        refusal.Reason().ShouldBe(ErrorReasons.CredentialRequired);
    }

    [Fact]
    public async Task The_owner_is_told()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        (await _service.Messages.NextToAsync(account.Email)).Template.ShouldBe(MessageTemplate.DeviceBound);

        await UnbindAsync(await account.SignInAsync(), phone);

        (await _service.Messages.NextToAsync(account.Email)).Template.ShouldBe(MessageTemplate.DeviceUnbound);
    }

    [Fact]
    public async Task The_same_request_again_gets_the_same_receipt()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, await account.SignInAsync());
        var session = await account.SignInAsync();
        var first = await UnbindAsync(session, phone, "request-1");
        _service.Clock.Advance(TimeSpan.FromSeconds(5));

        var again = await UnbindAsync(session, phone, "request-1");

        again.ShouldBe(first);
    }

    [Fact]
    public async Task A_device_of_another_account_is_not_found()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var other = await SeededAccount.CreateAsync(_service);
        using var foreign = await TestDevice.BindAsync(_service, await other.SignInAsync());
        var session = await account.SignInAsync();

        var refusal = await Refusals.OfAsync(() => UnbindAsync(session, foreign));

        refusal.Reason().ShouldBe(ErrorReasons.NotFound);
        (await Rows(rows => rows.Devices.CountAsync(row => row.Id == foreign.Device.DeviceId))).ShouldBe(1);
    }

    [Theory]
    [InlineData("", ErrorReasons.InvalidField)]
    [InlineData("dev_de_", ErrorReasons.InvalidField)]
    [InlineData("acc_de_01hzzzzzzzzzzzzzzzzzzzzzzz", ErrorReasons.InvalidField)]
    [InlineData("dev_at_01hzzzzzzzzzzzzzzzzzzzzzzz", ErrorReasons.WrongRegion)]
    [InlineData("dev_de_01hzzzzzzzzzzzzzzzzzzzzzzz", ErrorReasons.NotFound)]
    public async Task An_id_that_names_no_device_is_refused(string id, string reason)
    {
        var account = await SeededAccount.CreateAsync(_service);

        var refusal = await Refusals.OfAsync(_service.Devices.UnbindDeviceAsync(
            new UnbindDeviceRequest { DeviceId = id }, SeededAccount.As(await account.SignInAsync())));

        refusal.Reason().ShouldBe(reason);
    }

    [Fact]
    public async Task A_thief_who_takes_the_owner_s_key_away_gets_no_first_key_for_it()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var owners = await TestDevice.BindAsync(_service, await account.SignInAsync());
        var stolen = await account.SignInAsync();

        await UnbindAsync(stolen, owners);
        using var thiefs = await TestDevice.BindAsync(_service, stolen);

        thiefs.Device.TrustedFrom.ToDateTimeOffset().ShouldBe(_service.Clock.GetUtcNow() + TimeSpan.FromHours(72));
    }

    [Fact]
    public async Task An_owner_who_unbinds_with_the_key_itself_may_bind_another_at_once()
    {
        var account = await SeededAccount.CreateAsync(_service);
        using var old = await TestDevice.BindAsync(_service, await account.SignInAsync());
        var request = new UnbindDeviceRequest { DeviceId = old.Device.DeviceId };
        await _service.Devices.UnbindDeviceAsync(
            request, await old.Proof(DeviceService.Descriptor, "UnbindDevice", request).ToMetadataAsync());

        using var next = await TestDevice.BindAsync(_service, await account.SignInAsync());

        next.Device.TrustedFrom.ShouldBe(_service.Clock.GetUtcNow().ToTimestamp());
    }

    private async Task<UnbindDeviceResponse> UnbindAsync(Session session, TestDevice device, string requestId = "") =>
        await _service.Devices.UnbindDeviceAsync(
            new UnbindDeviceRequest { DeviceId = device.Device.DeviceId, RequestId = requestId }, SeededAccount.As(session));

    private Task<string> RememberAsync(SeededAccount account, TestDevice device) =>
        _service.Services.GetRequiredService<Database>().WriteAsync(
            work => _service.Services.GetRequiredService<DeviceTokens>().IssueAsync(
                work, account.Id, DeviceId.Parse(device.Device.DeviceId), CancellationToken.None),
            CancellationToken.None);

    private Task<T> Rows<T>(Func<AuthDbContext, Task<T>> query) =>
        _service.Services.GetRequiredService<Database>().ReadAsync(query, CancellationToken.None);
}
