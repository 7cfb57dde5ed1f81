using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;
using OtpNet;

namespace AuthService.Tests.Accounts;

public sealed class RecoveryTests(SharedService shared) : IClassFixture<SharedService>, IAsyncLifetime
{
    private const string NewPassword = "lantern mosaic 77 gravel";

    private readonly TestService _service = shared.Service;
    private Person _person = null!;

    public async Task InitializeAsync() => _person = await Person.SignUpAsync(_service, rememberDevice: true);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_code_sets_a_new_password_ends_all_sessions_and_tells_the_owner()
    {
        var (id, code) = await StartAsync();

        await CompleteAsync(id, code);

        (await IsActiveAsync()).ShouldBeFalse();
        (await Refusals.OfAsync(() => _person.LoginFromAsync(_person.Home))).Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        (await _service.Messages.NextToAsync(_person.Email)).Template.ShouldBe(MessageTemplate.AccountRecovered);
    }

    [Fact]
    public async Task After_it_the_channel_that_recovered_passes_no_step_up_and_no_device_is_remembered()
    {
        var (id, code) = await StartAsync();
        await CompleteAsync(id, code);

        var login = await _person.LoginFromAsync(_person.Home, password: NewPassword, deviceToken: _person.Session.DeviceToken);

        login.OutcomeCase.ShouldBe(LoginResponse.OutcomeOneofCase.StepUp);
        login.StepUp.AllowedFactors.ShouldBeEmpty();
        login.StepUp.AvailableAt.ToDateTimeOffset().ShouldBe(_service.Clock.GetUtcNow() + TimeSpan.FromHours(72), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Codes_for_known_and_unknown_contacts_are_refused_alike()
    {
        var (known, code) = await StartAsync();
        var unknown = (await _service.Accounts.StartRecoveryAsync(
            new StartRecoveryRequest { Identifier = SignUpForm.NewPerson().Email }, TestService.From(_person.Home))).RecoveryId;

        var ofKnown = await ReasonsOfSixTriesAsync(known, SignUpForm.Other(code));
        var ofUnknown = await ReasonsOfSixTriesAsync(unknown, "12345678");

        ofKnown.ShouldBe([.. Enumerable.Repeat(ErrorReasons.InvalidCode, 5), ErrorReasons.StepUpExpired]);
        ofUnknown.ShouldBe(ofKnown);
    }

    [Fact]
    public async Task A_weak_password_is_told_to_who_holds_the_code_only_and_leaves_the_code_good()
    {
        var (id, code) = await StartAsync();

        var wrongCode = await Refusals.OfAsync(() => CompleteAsync(id, SignUpForm.Other(code), "too short"));
        var rightCode = await Refusals.OfAsync(() => CompleteAsync(id, code, "too short"));
        await CompleteAsync(id, code);

        wrongCode.Reason().ShouldBe(ErrorReasons.InvalidCode);
        rightCode.Reason().ShouldBe(ErrorReasons.InvalidField);
        rightCode.Fields().Distinct().ShouldBe(["new_password"]);
    }

    [Fact]
    public async Task Where_there_is_a_second_factor_the_code_alone_is_not_enough()
    {
        var totp = await EnrollTotpAsync();
        var (id, code) = await StartAsync();

        var without = await Refusals.OfAsync(() => CompleteAsync(id, code));
        var wrong = await Refusals.OfAsync(() => CompleteAsync(id, code, totp: "000000"));
        await CompleteAsync(id, code, "lantern mosaic 7", totp: Now(totp));

        without.Reason().ShouldBe(ErrorReasons.InvalidField);
        without.Fields().ShouldBe(["second_factor"]);
        wrong.Reason().ShouldBe(ErrorReasons.InvalidCode);
        var login = await _person.LoginFromAsync(_person.Home, password: "lantern mosaic 7");
        login.StepUp.AllowedFactors.ShouldContain(FactorKind.EmailCode, "it was recovered with more than the mailbox");
    }

    [Fact]
    public async Task A_proof_by_a_bound_device_is_a_second_factor_too()
    {
        using var phone = await TestDevice.BindAsync(_service, _person.Session);
        var (id, code) = await StartAsync();
        var request = new CompleteRecoveryRequest { RecoveryId = id, Code = code, NewPassword = NewPassword };

        await _service.Accounts.CompleteRecoveryAsync(request, await FromHomeAsync(phone, request));

        var events = (await _service.Audit.ListEventsAsync(new ListEventsRequest { AccountId = _person.AccountId }, _service.AsAdmin)).Events;
        events[0].Details["second_factor"].ShouldBe("device_key");
        (await _person.LoginFromAsync(_person.Home, password: NewPassword)).StepUp.AllowedFactors.ShouldContain(FactorKind.EmailCode);
    }

    [Fact]
    public async Task A_proof_by_somebody_elses_device_is_none()
    {
        var other = await Person.SignUpAsync(_service);
        using var phone = await TestDevice.BindAsync(_service, other.Session);
        await EnrollTotpAsync();
        var (id, code) = await StartAsync();
        var request = new CompleteRecoveryRequest { RecoveryId = id, Code = code, NewPassword = NewPassword };

        var refusal = await Refusals.OfAsync(async () => await _service.Accounts.CompleteRecoveryAsync(request, await FromHomeAsync(phone, request)));

        refusal.Fields().ShouldBe(["second_factor"]);
    }

    [Fact]
    public async Task Guesses_at_the_second_factor_use_up_the_codes_tries()
    {
        await EnrollTotpAsync();
        var (id, code) = await StartAsync();

        for (var attempt = 0; attempt < 5; attempt++)
            (await Refusals.OfAsync(() => CompleteAsync(id, code, totp: "000000"))).Reason().ShouldBe(ErrorReasons.InvalidCode);

        (await Refusals.OfAsync(() => CompleteAsync(id, code, totp: "000000"))).Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task It_lets_the_owner_in_again_whom_strangers_held_out()
    {
        for (var attempt = 0; attempt < 7; attempt++)
            await Refusals.OfAsync(() => _person.LoginFromAsync("203.0.113.7", password: $"walrus teapot orbit {attempt}"));
        var (id, code) = await StartAsync();

        await CompleteAsync(id, code);

        (await _person.LoginFromAsync(_person.Home, password: NewPassword)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_recovery_is_bound_to_its_network_and_used_once()
    {
        var (id, code) = await StartAsync();

        var elsewhere = await Refusals.OfAsync(() => CompleteAsync(id, code, from: "203.0.113.7"));
        await CompleteAsync(id, code);
        var again = await Refusals.OfAsync(() => CompleteAsync(id, code));

        elsewhere.Reason().ShouldBe(ErrorReasons.StepUpExpired);
        again.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task Sent_again_it_is_answered_as_the_first_was()
    {
        var (id, code) = await StartAsync();
        var request = new CompleteRecoveryRequest { RequestId = "once", RecoveryId = id, Code = code, NewPassword = NewPassword };
        await _service.Accounts.CompleteRecoveryAsync(request, TestService.From(_person.Home));

        var again = await _service.Accounts.CompleteRecoveryAsync(request, TestService.From(_person.Home));

        again.ShouldBe(new CompleteRecoveryResponse());
    }

    [Fact]
    public async Task A_code_that_recovers_verifies_no_contact()
    {
        var (id, code) = await StartAsync();

        var refusal = await Refusals.OfAsync(() => SignUpForm.VerifyAsync(_service, id, code, from: _person.Home));

        refusal.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task A_recovery_with_nothing_in_it_learns_all_that_is_missing()
    {
        var start = await Refusals.OfAsync(_service.Accounts.StartRecoveryAsync(new StartRecoveryRequest(), TestService.From(_person.Home)));
        var complete = await Refusals.OfAsync(_service.Accounts.CompleteRecoveryAsync(new CompleteRecoveryRequest(), TestService.From(_person.Home)));

        start.Fields().ShouldBe(["identifier"]);
        complete.Fields().ShouldBe(["recovery_id", "code", "new_password"]);
    }

    [Fact]
    public async Task What_happened_is_in_the_audit_log()
    {
        var (id, code) = await StartAsync();
        await Refusals.OfAsync(() => CompleteAsync(id, SignUpForm.Other(code)));
        await CompleteAsync(id, code);

        var events = (await _service.Audit.ListEventsAsync(new ListEventsRequest { AccountId = _person.AccountId }, _service.AsAdmin)).Events;

        events.Select(entry => entry.Type).Take(3).ShouldBe([EventType.RecoveryCompleted, EventType.CodeRejected, EventType.RecoveryStarted]);
        events[0].Details["second_factor"].ShouldBe("none");
    }

    private async Task<(string Id, string Code)> StartAsync()
    {
        var started = await _service.Accounts.StartRecoveryAsync(
            new StartRecoveryRequest { Identifier = _person.Email }, TestService.From(_person.Home));
        var code = await _person.CodeAsync();
        code.Length.ShouldBe(8);
        return (started.RecoveryId, code);
    }

    private async Task CompleteAsync(string id, string code, string password = NewPassword, string? totp = null, string? from = null)
    {
        var request = new CompleteRecoveryRequest { RecoveryId = id, Code = code, NewPassword = password };
        if (totp is not null)
            request.Totp = totp;
        await _service.Accounts.CompleteRecoveryAsync(request, TestService.From(from ?? _person.Home));
    }

    private async Task<List<string>> ReasonsOfSixTriesAsync(string id, string code)
    {
        var reasons = new List<string>();
        for (var attempt = 0; attempt < 6; attempt++)
            reasons.Add((await Refusals.OfAsync(() => CompleteAsync(id, code))).Reason());
        return reasons;
    }

    private async Task<Metadata> FromHomeAsync(TestDevice device, CompleteRecoveryRequest request)
    {
        var proof = new TestProof(
            device.Key, TestProof.NameOf(AccountService.Descriptor, "CompleteRecovery"), request, _service.Clock.GetUtcNow()) { DeviceId = device.Device.DeviceId };
        return TestService.From(_person.Home, await proof.ToMetadataAsync());
    }

    /// <returns>The secret.</returns>
    private async Task<byte[]> EnrollTotpAsync()
    {
        var enrolled = await _service.Logins.EnrollFactorAsync(new EnrollFactorRequest { Kind = FactorKind.Totp }, _person.AsSelf);
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(enrolled.TotpUri).Query);
        var secret = Base32Encoding.ToBytes(query["secret"]);
        await _service.Logins.ConfirmFactorAsync(
            new ConfirmFactorRequest { FactorId = enrolled.Factor.FactorId, Code = Now(secret) }, _person.AsSelf);
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        return secret;
    }

    private string Now(byte[] secret) => new Totp(secret).ComputeTotp(_service.Clock.GetUtcNow().UtcDateTime);

    private async Task<bool> IsActiveAsync() => (await _service.Sessions.ValidateSessionAsync(
        new ValidateSessionRequest { AccessToken = _person.Session.AccessToken }, _service.AsService)).Active;
}
