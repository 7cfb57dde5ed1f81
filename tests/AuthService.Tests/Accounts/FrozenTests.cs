using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Tests.Accounts;

/// <summary>What a report does to what was added in the time that it doubts.</summary>
public sealed class FrozenTests(ShortWaits shared) : IClassFixture<ShortWaits>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task Keys_and_factors_that_were_added_do_not_count_any_more_however_long_one_waits()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        using var own = await TestDevice.BindAsync(_service, await owner.SignInAsync());
        var since = Later();
        using var thiefs = await TestDevice.BindAsync(_service, await owner.SignInAsync());
        await Authenticator.EnrollAsync(_service, SeededAccount.As(await owner.SignInAsync()));

        var receipt = await ReportAsync(owner, since);
        _service.Clock.Advance(2 * ShortWaits.Wait);
        var session = await owner.SignInAsync();
        var asOwner = SeededAccount.As(session);
        var devices = (await _service.Devices.ListDevicesAsync(new ListDevicesRequest(), asOwner)).Devices;
        var factor = (await _service.Logins.ListFactorsAsync(new ListFactorsRequest(), asOwner)).Factors.ShouldHaveSingleItem();

        (receipt.DevicesFrozen, receipt.FactorsFrozen).ShouldBe((1, 1));
        devices.Single(device => device.DeviceId == thiefs.Device.DeviceId).Frozen.ShouldBeTrue();
        devices.Single(device => device.DeviceId == thiefs.Device.DeviceId).TrustedFrom.ShouldBeNull();
        devices.Single(device => device.DeviceId == own.Device.DeviceId).Frozen.ShouldBeFalse();
        factor.Frozen.ShouldBeTrue();
        factor.TrustedFrom.ShouldBeNull();
        (await OfferedAsync(session)).ShouldBe([FactorKind.EmailCode, FactorKind.DeviceKey], "the owner's key, from before");
    }

    [Fact]
    public async Task A_frozen_key_is_no_factor()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        var since = Later();
        using var thiefs = await TestDevice.BindAsync(_service, await owner.SignInAsync());
        var before = await OfferedAsync(await owner.SignInAsync());

        await ReportAsync(owner, since);
        var after = await OfferedAsync(await owner.SignInAsync());

        before.ShouldBe([FactorKind.EmailCode, FactorKind.DeviceKey]);
        after.ShouldBe([FactorKind.EmailCode]);
    }

    [Fact]
    public async Task Its_owner_confirms_a_frozen_key_by_binding_it_again_with_another()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        using var first = await TestDevice.BindAsync(_service, await owner.SignInAsync());
        var since = Later();
        using var second = await TestDevice.BindAsync(_service, await owner.SignInAsync(), countersigner: first);
        await ReportAsync(owner, since);

        var alone = await second.BindAsync(await owner.SignInAsync());
        await second.BindAsync(await owner.SignInAsync(), countersigner: first);

        alone.Device.Frozen.ShouldBeFalse();
        alone.Device.TrustedFrom.ToDateTimeOffset().ShouldBeGreaterThan(_service.Clock.GetUtcNow());
        second.Device.TrustedFrom.ShouldBe(_service.Clock.GetUtcNow().ToTimestamp());
    }

    [Fact]
    public async Task Its_owner_confirms_a_frozen_factor_with_a_code_of_it()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        var since = Later();
        var app = await Authenticator.EnrollAsync(_service, SeededAccount.As(await owner.SignInAsync()));
        await ReportAsync(owner, since);

        await app.ConfirmAsync(SeededAccount.As(await owner.SignInAsync()));

        app.Factor.Frozen.ShouldBeFalse();
        app.Factor.TrustedFrom.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_contact_that_a_thief_put_in_place_gives_way_to_the_one_before()
    {
        var owner = await SeededAccount.CreateAsync(_service);
        var thiefs = SignUpForm.NewPerson().Email;
        await ChangeEmailAsync(owner, thiefs);
        var token = (await _service.Messages.NextToAsync(owner.Email)).ReportToken;
        await ChangeEmailAsync(owner, SignUpForm.NewPerson().Email);

        var receipt = await _service.Accounts.ReportCompromiseAsync(new ReportCompromiseRequest { ReportToken = token });

        receipt.ContactsTakenBack.ShouldBe(2);
        (await _service.Messages.NextToAsync(owner.Email)).Template.ShouldBe(MessageTemplate.CompromiseReported);
        var found = await _service.Admin.LookUpAccountAsync(new LookUpAccountRequest { Identifier = owner.Email }, _service.AsAdmin);
        found.AccountId.ShouldBe(owner.Id.Value);
        (await Refusals.OfAsync(_service.Admin.LookUpAccountAsync(new LookUpAccountRequest { Identifier = thiefs }, _service.AsAdmin)))
            .Reason().ShouldBe(ErrorReasons.NotFound);
    }

    [Fact]
    public async Task Nobody_signs_in_by_a_key_before_the_password_is_set_anew()
    {
        var person = await Person.SignUpAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, person.Session);
        _service.Clock.Advance(TimeSpan.FromHours(1));
        var before = await SignInByKeyAsync(person, phone);
        var report = new ReportCompromiseRequest { Since = _service.Clock.GetUtcNow().ToTimestamp() };
        phone.Session = before.Session;
        await _service.Accounts.ReportCompromiseAsync(report, await phone.Proof(AccountService.Descriptor, "ReportCompromise", report).ToMetadataAsync());

        var refusal = await Refusals.OfAsync(() => SignInByKeyAsync(person, phone));

        before.Session.Amr.ShouldContain(AuthenticationMethods.SoftwareKey);
        refusal.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
    }

    private async Task<LoginResponse> SignInByKeyAsync(Person person, TestDevice phone)
    {
        var request = new LoginRequest
        {
            Identifier = person.Email,
            Device = new DeviceCredential { DeviceId = phone.Device.DeviceId },
            Environment = Surroundings.AtHome(),
        };
        var proof = phone.Proof(LoginService.Descriptor, "Login", request) with
        {
            Token = null,
            Challenge = await phone.ChallengeAsync(ChallengePurpose.Login, person.Home),
        };
        return await _service.Logins.LoginAsync(request, TestService.From(person.Home, await proof.ToMetadataAsync()));
    }

    private async Task<IReadOnlyList<FactorKind>> OfferedAsync(Session session) =>
        (await _service.Logins.StartStepUpAsync(new StartStepUpRequest(), SeededAccount.As(session))).StepUp.AllowedFactors;

    /// <summary>A minute on: from here on everything is doubted.</summary>
    private DateTimeOffset Later()
    {
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        return _service.Clock.GetUtcNow();
    }

    private async Task<ReportCompromiseResponse> ReportAsync(SeededAccount owner, DateTimeOffset since) =>
        await _service.Accounts.ReportCompromiseAsync(
            new ReportCompromiseRequest { Since = since.ToTimestamp() }, SeededAccount.As(await owner.SignInAsync()));

    private async Task ChangeEmailAsync(SeededAccount owner, string email)
    {
        var asThief = SeededAccount.As(await owner.SignInAsync());
        var updated = await _service.Accounts.UpdateAccountAsync(
            new UpdateAccountRequest { Account = new Account { Email = email }, UpdateMask = new FieldMask { Paths = { "email" } } }, asThief);
        await _service.Accounts.VerifyContactAsync(
            new VerifyContactRequest { VerificationId = updated.VerificationId, Code = (await _service.Messages.NextToAsync(email)).Code }, asThief);
    }
}
