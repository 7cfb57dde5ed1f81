using AuthService.Accounts;
using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthService.Tests.Accounts;

/// <summary>Security/Trust for contacts and recoveries of accounts that have a guard.</summary>
public sealed class WaitingChangesTests(ShortWaits shared) : IClassFixture<ShortWaits>, IAsyncLifetime
{
    private const string NewPassword = "lantern mosaic 77 gravel";
    private static readonly TimeSpan Wait = ShortWaits.Wait;

    private readonly TestService _service = shared.Service;
    private readonly string _new = SignUpForm.NewPerson().Email;
    private Person _person = null!;

    public async Task InitializeAsync() => _person = await Person.SignUpAsync(_service);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_contact_that_nothing_vouches_for_waits_and_the_old_one_stays_in_force()
    {
        using var phone = await GuardAsync();

        var verified = await ChangeEmailAsync(await SignInAsync());

        verified.AvailableAt.ToDateTimeOffset().ShouldBe(_service.Clock.GetUtcNow() + Wait, TimeSpan.FromSeconds(5));
        verified.Account.Email.ShouldBe(_person.Email);
        (await NoticeAsync(MessageTemplate.ContactWaiting)).ReportToken.ShouldNotBeNull();
        (await Refusals.OfAsync(() => LoginAsync(_new))).Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        (await LoginAsync(_person.Email)).StepUp.ShouldNotBeNull();
    }

    [Fact]
    public async Task It_takes_effect_after_the_wait_and_the_old_one_is_told()
    {
        using var phone = await GuardAsync();
        await ChangeEmailAsync(await SignInAsync());

        _service.Clock.Advance(Wait - TimeSpan.FromMinutes(1));
        await SettleAsync();
        var soon = await Refusals.OfAsync(() => LoginAsync(_new));
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        await SettleAsync();

        soon.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        (await LoginAsync(_new)).StepUp.ShouldNotBeNull();
        (await NoticeAsync(MessageTemplate.ContactChanged)).To.ShouldBe(_person.Email);
    }

    [Fact]
    public async Task Another_change_takes_the_place_of_one_that_waits()
    {
        using var phone = await GuardAsync();
        await ChangeEmailAsync(await SignInAsync());
        var other = SignUpForm.NewPerson().Email;

        var byOwner = await ChangeEmailAsync(phone, other);
        _service.Clock.Advance(Wait);
        await SettleAsync();

        byOwner.AvailableAt.ShouldBeNull();
        byOwner.Account.Email.ShouldBe(other);
        (await Refusals.OfAsync(() => LoginAsync(_new))).Reason().ShouldBe(ErrorReasons.InvalidCredentials);
    }

    [Fact]
    public async Task A_contact_that_somebody_else_verified_while_it_waited_is_his()
    {
        using var phone = await GuardAsync();
        await ChangeEmailAsync(await SignInAsync());
        var id = await SignUpForm.CreateAsync(_service, SignUpForm.For(_new));
        var code = (await _service.Messages.NextToAsync(_new)).Code!;
        var other = (await SignUpForm.VerifyAsync(_service, id, code)).Account.AccountId;

        _service.Clock.Advance(Wait);
        await SettleAsync();

        (await LoginAsync(_person.Email)).StepUp.ShouldNotBeNull();
        var holder = await _service.Admin.LookUpAccountAsync(new LookUpAccountRequest { Identifier = _new }, _service.AsAdmin);
        holder.AccountId.ShouldBe(other);
    }

    [Fact]
    public async Task A_recovery_by_the_contact_alone_is_refused_unless_it_may_wait()
    {
        using var phone = await GuardAsync();

        var refusal = await Refusals.OfAsync(() => RecoverAsync(acceptWait: false));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe(["second_factor"]);
    }

    [Fact]
    public async Task A_recovery_that_waits_opens_nothing_and_closes_nothing()
    {
        using var phone = await GuardAsync();
        var session = await SignInAsync();

        var answer = await RecoverAsync();

        answer.AvailableAt.ToDateTimeOffset().ShouldBe(_service.Clock.GetUtcNow() + Wait, TimeSpan.FromSeconds(5));
        (await NoticeAsync(MessageTemplate.RecoveryWaiting)).ReportToken.ShouldNotBeNull();
        (await Refusals.OfAsync(() => LoginAsync(_person.Email, NewPassword))).Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        (await LoginAsync(_person.Email)).StepUp.ShouldNotBeNull();
        (await IsActiveAsync(session)).ShouldBeTrue();
    }

    [Fact]
    public async Task After_the_wait_it_sets_the_password_and_its_channel_passes_no_step_up_yet()
    {
        using var phone = await GuardAsync();
        await RecoverAsync();

        _service.Clock.Advance(Wait - TimeSpan.FromMinutes(1));
        await SettleAsync();
        var soon = await Refusals.OfAsync(() => LoginAsync(_person.Email, NewPassword));
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        await SettleAsync();
        var login = await LoginAsync(_person.Email, NewPassword);

        soon.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        login.StepUp.AllowedFactors.ShouldBe([FactorKind.DeviceKey], "the owner's, which who only reads the mail has not");
        (await Refusals.OfAsync(() => LoginAsync(_person.Email))).Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        (await NoticeAsync(MessageTemplate.AccountRecovered)).To.ShouldBe(_person.Email);
    }

    [Fact]
    public async Task Changing_the_password_stops_a_recovery_that_waits()
    {
        using var phone = await GuardAsync();
        await RecoverAsync();
        var change = new ChangePasswordRequest { CurrentPassword = Person.Password, NewPassword = "granite puzzle 40 walrus" };
        await _service.Accounts.ChangePasswordAsync(change, await ProvenAsync(phone, "ChangePassword", change));

        _service.Clock.Advance(Wait);
        await SettleAsync();

        (await Refusals.OfAsync(() => LoginAsync(_person.Email, NewPassword))).Reason().ShouldBe(ErrorReasons.InvalidCredentials);
    }

    [Fact]
    public async Task Taking_the_key_away_first_does_not_hasten_a_recovery()
    {
        using var phone = await GuardAsync();
        await _service.Devices.UnbindDeviceAsync(
            new UnbindDeviceRequest { DeviceId = phone.Device.DeviceId }, TestService.From(_person.Home, TestService.Bearer((await SignInAsync()).AccessToken)));

        var refusal = await Refusals.OfAsync(() => RecoverAsync(acceptWait: false));

        refusal.Fields().ShouldBe(["second_factor"]);
    }

    [Fact]
    public async Task A_second_factor_makes_the_new_password_good_at_once()
    {
        var app = await Authenticator.EnrollAsync(_service, _person.AsSelf);

        var answer = await RecoverAsync(totp: app.Code);

        answer.AvailableAt.ShouldBeNull();
        (await LoginAsync(_person.Email, NewPassword)).StepUp.ShouldNotBeNull();
    }

    /// <summary>A trusted key; the session of the sign-up moves to it.</summary>
    private Task<TestDevice> GuardAsync() => TestDevice.BindAsync(_service, _person.Session);

    /// <summary>Somebody who has the password and reads the mail, on a machine without a key.</summary>
    private async Task<Session> SignInAsync() => await _person.CompleteAsync((await LoginAsync(_person.Email)).StepUp, _person.Home);

    private async Task<LoginResponse> LoginAsync(string identifier, string password = Person.Password) => await _service.Logins.LoginAsync(
        new LoginRequest { Identifier = identifier, Password = password, Environment = Surroundings.AtHome() }, TestService.From(_person.Home));

    private async Task<VerifyContactResponse> ChangeEmailAsync(Session session)
    {
        var asSelf = TestService.From(_person.Home, TestService.Bearer(session.AccessToken));
        var updated = await _service.Accounts.UpdateAccountAsync(Update(_new), asSelf);
        return await _service.Accounts.VerifyContactAsync(
            new VerifyContactRequest { VerificationId = updated.VerificationId, Code = (await _service.Messages.NextToAsync(_new)).Code }, asSelf);
    }

    private async Task<VerifyContactResponse> ChangeEmailAsync(TestDevice phone, string email)
    {
        var update = Update(email);
        var updated = await _service.Accounts.UpdateAccountAsync(update, await ProvenAsync(phone, "UpdateAccount", update));
        var verify = new VerifyContactRequest { VerificationId = updated.VerificationId, Code = (await _service.Messages.NextToAsync(email)).Code };
        return await _service.Accounts.VerifyContactAsync(verify, await ProvenAsync(phone, "VerifyContact", verify));
    }

    private static UpdateAccountRequest Update(string email) =>
        new() { Account = new Account { Email = email }, UpdateMask = new FieldMask { Paths = { "email" } } };

    private async Task<Metadata> ProvenAsync(TestDevice phone, string rpc, Google.Protobuf.IMessage request) =>
        TestService.From(_person.Home, await phone.Proof(AccountService.Descriptor, rpc, request).ToMetadataAsync());

    private async Task<CompleteRecoveryResponse> RecoverAsync(bool acceptWait = true, string? totp = null)
    {
        var started = await _service.Accounts.StartRecoveryAsync(
            new StartRecoveryRequest { Identifier = _person.Email }, TestService.From(_person.Home));
        var request = new CompleteRecoveryRequest
        {
            RecoveryId = started.RecoveryId, Code = await _person.CodeAsync(), NewPassword = NewPassword, AcceptWait = acceptWait,
        };
        if (totp is not null)
            request.Totp = totp;
        return await _service.Accounts.CompleteRecoveryAsync(request, TestService.From(_person.Home));
    }

    private async Task<Message> NoticeAsync(MessageTemplate template)
    {
        while (true)
        {
            if (await _service.Messages.NextToAsync(_person.Email) is { } message && message.Template == template)
                return message;
        }
    }

    private Task SettleAsync() => _service.Services.GetServices<IHostedService>().OfType<WaitingChanges>().Single().SettleAsync(default);

    private async Task<bool> IsActiveAsync(Session session) => (await _service.Sessions.ValidateSessionAsync(
        new ValidateSessionRequest { AccessToken = session.AccessToken }, _service.AsService)).Active;
}
