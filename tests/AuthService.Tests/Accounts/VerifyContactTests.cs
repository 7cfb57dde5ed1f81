using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Tests.Accounts;

public sealed class VerifyContactTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;
    private readonly (string Email, string Home) _person = SignUpForm.NewPerson();

    [Fact]
    public async Task The_code_from_the_message_opens_the_account_and_a_session()
    {
        var (id, code) = await StartAsync();

        var verified = await VerifyAsync(id, code);

        verified.Account.Email.ShouldBe(_person.Email);
        verified.Account.GivenName.ShouldBe("Ada");
        verified.Account.Address.ShouldBe("12 St James's Square\nLondon");
        verified.Account.Consents.ShouldBe([ConsentPurpose.DeviceIdentification]);
        verified.Account.AccountId.ShouldBe(verified.Session.AccountId);
        verified.Session.Amr.ShouldContain(AuthenticationMethods.Password);
        verified.Session.Aal.ShouldBe(AssuranceLevels.Aal1);
        verified.Session.DeviceToken.ShouldBeEmpty();
        (await IsActiveAsync(verified.Session)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_phone_number_signs_up_with_a_code_by_SMS()
    {
        var id = await SignUpForm.CreateAsync(_service, SignUpForm.For("", request => request.PhoneNumber = "+49 151 12345678"), _person.Home);
        var message = await _service.Messages.NextToAsync("+4915112345678");

        var verified = await VerifyAsync(id, message.Code!);

        message.Channel.ShouldBe(Storage.Rows.ContactKind.Phone);
        verified.Account.PhoneNumber.ShouldBe("+4915112345678");
        verified.Session.Amr.ShouldContain(AuthenticationMethods.Sms);
    }

    [Fact]
    public async Task Nobody_signs_in_to_an_account_that_is_not_verified()
    {
        await StartAsync();

        var refusal = await Refusals.OfAsync(_service.Logins.LoginAsync(
            new LoginRequest { Identifier = _person.Email, Password = Person.Password }, TestService.From(_person.Home)));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
    }

    [Fact]
    public async Task A_device_is_remembered_if_it_asks()
    {
        var (id, code) = await StartAsync();

        var verified = await VerifyAsync(id, code, rememberDevice: true);

        verified.Session.DeviceToken.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Five_wrong_codes_end_it_even_for_the_right_one()
    {
        var (id, code) = await StartAsync();

        var reasons = new List<string>();
        for (var attempt = 0; attempt < 5; attempt++)
            reasons.Add((await Refusals.OfAsync(() => VerifyAsync(id, SignUpForm.Other(code)))).Reason());
        var right = await Refusals.OfAsync(() => VerifyAsync(id, code));

        reasons.ShouldAllBe(reason => reason == ErrorReasons.InvalidCode);
        right.Reason().ShouldBe(ErrorReasons.StepUpExpired);
        right.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
    }

    [Fact]
    public async Task However_many_codes_are_tried_at_once_five_are_looked_at()
    {
        var (id, code) = await StartAsync();

        var reasons = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
            (await Refusals.OfAsync(() => VerifyAsync(id, SignUpForm.Other(code)))).Reason()));

        reasons.Count(reason => reason == ErrorReasons.InvalidCode).ShouldBe(5);
        reasons.Count(reason => reason == ErrorReasons.StepUpExpired).ShouldBe(35);
    }

    [Fact]
    public async Task A_code_is_good_for_ten_minutes()
    {
        var (id, code) = await StartAsync();

        _service.Clock.Advance(TimeSpan.FromMinutes(10));

        (await Refusals.OfAsync(() => VerifyAsync(id, code))).Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task A_code_is_worth_nothing_on_another_network_and_tries_from_there_cost_its_owner_none()
    {
        var (id, code) = await StartAsync();

        for (var attempt = 0; attempt < 6; attempt++)
            (await Refusals.OfAsync(() => VerifyAsync(id, code, from: "203.0.113.7"))).Reason().ShouldBe(ErrorReasons.StepUpExpired);
        var neighbour = await VerifyAsync(id, code, from: _person.Home + "0");

        neighbour.Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_code_is_used_once()
    {
        var (id, code) = await StartAsync();
        await VerifyAsync(id, code, requestId: "one");

        var another = await Refusals.OfAsync(() => VerifyAsync(id, code, requestId: "two"));
        var unnamed = await Refusals.OfAsync(() => VerifyAsync(id, code));

        another.Reason().ShouldBe(ErrorReasons.StepUpExpired);
        unnamed.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task The_same_request_sent_again_gets_a_session_of_its_own_and_ends_the_first()
    {
        var (id, code) = await StartAsync();
        var first = await VerifyAsync(id, code, requestId: "one", rememberDevice: true);

        var again = await VerifyAsync(id, code, requestId: "one", rememberDevice: true);

        again.Account.AccountId.ShouldBe(first.Account.AccountId);
        again.Session.SessionId.ShouldNotBe(first.Session.SessionId);
        again.Session.DeviceToken.ShouldNotBe(first.Session.DeviceToken);
        (await IsActiveAsync(first.Session)).ShouldBeFalse();
        (await IsActiveAsync(again.Session)).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_two_sign_ups_on_one_contact_the_first_to_verify_has_it()
    {
        var (firstId, firstCode) = await StartAsync();
        var (secondId, secondCode) = await StartAsync();

        var second = await VerifyAsync(secondId, secondCode);
        var first = await Refusals.OfAsync(() => VerifyAsync(firstId, firstCode));

        second.Session.ShouldNotBeNull();
        first.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task Two_codes_for_one_contact_verified_at_once_make_one_account()
    {
        var started = new List<(string Id, string Code)>();
        for (var person = 0; person < 4; person++)
            started.Add(await StartAsync());

        var outcomes = await Task.WhenAll(started.Select(async one =>
        {
            try
            {
                return (await VerifyAsync(one.Id, one.Code)).Account.AccountId;
            }
            catch (RpcException refusal)
            {
                return refusal.Reason();
            }
        }));

        outcomes.Count(outcome => outcome == ErrorReasons.StepUpExpired).ShouldBe(3);
    }

    [Theory]
    [InlineData("verification_id", "", "123456")]
    [InlineData("code", "x", "")]
    [InlineData("code", "x", "12345")]
    [InlineData("code", "x", "1234567890")]
    [InlineData("code", "x", "12345a")]
    [InlineData("code", "x", "١٢٣٤٥٦")]
    [InlineData("code", "x", "123456\0")]
    public async Task What_cannot_be_an_id_or_a_code_is_named(string field, string id, string code)
    {
        var refusal = await Refusals.OfAsync(() => VerifyAsync(id, code));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe([field]);
    }

    [Fact]
    public async Task An_id_that_nobody_gave_out_is_over()
    {
        var refusal = await Refusals.OfAsync(() => VerifyAsync("ver_none", "123456"));

        refusal.Reason().ShouldBe(ErrorReasons.StepUpExpired);
    }

    [Fact]
    public async Task What_happened_is_in_the_audit_log()
    {
        var (id, code) = await StartAsync();
        await Refusals.OfAsync(() => VerifyAsync(id, SignUpForm.Other(code)));
        var verified = await VerifyAsync(id, code, rememberDevice: true);

        var events = (await _service.Audit.ListEventsAsync(
            new ListEventsRequest { AccountId = verified.Account.AccountId }, _service.AsAdmin)).Events;

        events.Select(entry => entry.Type).ShouldBe(
            [EventType.DeviceTokenIssued, EventType.ContactVerified, EventType.CodeRejected, EventType.AccountCreated]);
        events.ShouldAllBe(entry => entry.Network == _person.Home);
        events[1].SessionId.ShouldBe(verified.Session.SessionId);
        events[2].Reason.ShouldBe(ErrorReasons.InvalidCode);
    }

    private async Task<(string Id, string Code)> StartAsync()
    {
        var id = await SignUpForm.CreateAsync(_service, SignUpForm.For(_person.Email), _person.Home);
        var message = await _service.Messages.NextToAsync(_person.Email);
        message.Template.ShouldBe(MessageTemplate.VerifyContact);
        return (id, message.Code!);
    }

    private Task<VerifyContactResponse> VerifyAsync(string id, string code, string? from = null, string requestId = "", bool rememberDevice = false) =>
        SignUpForm.VerifyAsync(_service, id, code, from ?? _person.Home, requestId, rememberDevice);

    private async Task<bool> IsActiveAsync(Session session) =>
        (await _service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = session.AccessToken }, _service.AsService)).Active;
}
