using AuthService.Messaging;
using AuthService.Protocol;
using AuthService.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace AuthService.Tests.Accounts;

public sealed class UpdateAccountTests(SharedService shared) : IClassFixture<SharedService>, IAsyncLifetime
{
    private readonly TestService _service = shared.Service;
    private readonly string _new = SignUpForm.NewPerson().Email;
    private Person _person = null!;

    public async Task InitializeAsync() => _person = await Person.SignUpAsync(_service);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_the_mask_names_is_changed_and_nothing_else()
    {
        var account = new Account { GivenName = "Grace", FamilyName = "Hopper", Locale = "en-US", Email = "ignored" };

        var updated = await UpdateAsync(account, "given_name", "locale");

        var kept = (await _service.Accounts.GetAccountAsync(new GetAccountRequest(), _person.AsSelf)).Account;
        updated.Account.ShouldBe(kept);
        updated.VerificationId.ShouldBeEmpty();
        kept.GivenName.ShouldBe("Grace");
        kept.FamilyName.ShouldBeEmpty();
        kept.Locale.ShouldBe("en-US");
        kept.Email.ShouldBe(_person.Email);
    }

    [Fact]
    public async Task Empty_text_erases()
    {
        await UpdateAsync(new Account { GivenName = "Grace" }, "given_name");

        var updated = await UpdateAsync(new Account(), "given_name");

        updated.Account.GivenName.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_update_needs_no_fresh_factor_but_a_contact_does()
    {
        _service.Clock.Advance(TimeSpan.FromMinutes(4));
        var refreshed = await _service.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = _person.Session.RefreshToken }, TestService.From(_person.Home));
        _service.Clock.Advance(TimeSpan.FromMinutes(2));
        var later = TestService.From(_person.Home, TestService.Bearer(refreshed.Session.AccessToken));

        var name = await _service.Accounts.UpdateAccountAsync(Update(new Account { GivenName = "Grace" }, "given_name"), later);
        var contact = await Refusals.OfAsync(_service.Accounts.UpdateAccountAsync(Update(new Account { Email = _new }, "email"), later));

        name.Account.GivenName.ShouldBe("Grace");
        contact.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        contact.Reason().ShouldBe(ErrorReasons.FreshFactorRequired);
    }

    [Theory]
    [InlineData("update_mask")]
    [InlineData("update_mask", "account_id")]
    [InlineData("update_mask", "region")]
    [InlineData("update_mask", "given_name.first")]
    [InlineData("update_mask", "email", "phone_number")]
    [InlineData("account.email", "email")]
    [InlineData("account.phone_number", "phone_number")]
    [InlineData("account.locale", "locale")]
    public async Task A_mask_or_a_value_that_is_not_good_is_named(string field, params string[] paths)
    {
        var account = paths.Length == 2 ? new Account { Email = "a@example.org", PhoneNumber = "+4915112345678" } : new Account();

        var refusal = await Refusals.OfAsync(() => UpdateAsync(account, paths));

        refusal.Reason().ShouldBe(ErrorReasons.InvalidField);
        refusal.Fields().ShouldBe([field]);
    }

    [Fact]
    public async Task All_bad_values_are_named_at_once()
    {
        var account = new Account { GivenName = new string('n', 129), FamilyName = "\0", Address = new string('a', 513), Locale = "?" };

        var refusal = await Refusals.OfAsync(() => UpdateAsync(account, "given_name", "family_name", "address", "locale"));

        refusal.Fields().ShouldBe(["account.given_name", "account.family_name", "account.address", "account.locale"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_new_contact_takes_effect_when_it_is_verified_and_the_old_one_is_told()
    {
        var updated = await UpdateAsync(new Account { Email = _new }, "email");
        var before = (await _service.Accounts.GetAccountAsync(new GetAccountRequest(), _person.AsSelf)).Account.Email;
        var code = await _service.Messages.NextToAsync(_new);

        var verified = await VerifyAsync(updated.VerificationId, code.Code!);
        var notice = await _service.Messages.NextToAsync(_person.Email);

        before.ShouldBe(_person.Email);
        code.Template.ShouldBe(MessageTemplate.ChangeContact);
        verified.Account.Email.ShouldBe(_new);
        verified.Session.ShouldBeNull();
        notice.Template.ShouldBe(MessageTemplate.ContactChanged);
    }

    [Fact]
    public async Task After_a_change_the_new_contact_signs_in_and_the_old_one_is_free()
    {
        await ChangeEmailAsync(_new);

        var byOld = await Refusals.OfAsync(() => LoginAsync(_person.Email));
        var byNew = await LoginAsync(_new);
        var freed = await SignUpForm.CreateAsync(_service, SignUpForm.For(_person.Email), _person.Home);
        var message = await CodeToAsync(_person.Email);

        byOld.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
        byNew.OutcomeCase.ShouldNotBe(LoginResponse.OutcomeOneofCase.None);
        (await SignUpForm.VerifyAsync(_service, freed, message, _person.Home)).Account.AccountId.ShouldNotBe(_person.AccountId);
    }

    [Fact]
    public async Task A_phone_number_can_be_added_beside_the_email_address()
    {
        var updated = await UpdateAsync(new Account { PhoneNumber = "+49 151 12345678" }, "phone_number");
        var code = await _service.Messages.NextToAsync("+4915112345678");

        var verified = await VerifyAsync(updated.VerificationId, code.Code!);

        verified.Account.PhoneNumber.ShouldBe("+4915112345678");
        verified.Account.Email.ShouldBe(_person.Email);
        (await LoginAsync("+4915112345678")).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_code_of_a_change_is_worth_nothing_to_who_is_not_signed_in()
    {
        var updated = await UpdateAsync(new Account { Email = _new }, "email");
        var code = (await _service.Messages.NextToAsync(_new)).Code!;

        var nobody = await Refusals.OfAsync(() => SignUpForm.VerifyAsync(_service, updated.VerificationId, code, from: _person.Home));
        var self = await VerifyAsync(updated.VerificationId, code);

        nobody.Reason().ShouldBe(ErrorReasons.StepUpExpired);
        self.Account.Email.ShouldBe(_new);
    }

    [Fact]
    public async Task The_contact_that_one_has_already_is_refused()
    {
        var refusal = await Refusals.OfAsync(() => UpdateAsync(new Account { Email = _person.Email.ToUpperInvariant() }, "email"));

        refusal.Fields().ShouldBe(["account.email"]);
    }

    [Fact]
    public async Task An_update_sent_again_is_answered_the_same()
    {
        var request = Update(new Account { Email = _new }, "email");
        request.RequestId = "once";

        var first = await _service.Accounts.UpdateAccountAsync(request, _person.AsSelf);
        var second = await _service.Accounts.UpdateAccountAsync(request, _person.AsSelf);

        second.ShouldBe(first);
    }

    [Fact]
    public async Task An_account_is_shown_to_nobody_without_a_session()
    {
        var refusal = await Refusals.OfAsync(_service.Accounts.GetAccountAsync(new GetAccountRequest(), TestService.From(_person.Home)));

        refusal.Reason().ShouldBe(ErrorReasons.CredentialRequired);
    }

    private static UpdateAccountRequest Update(Account account, params string[] paths) =>
        new() { Account = account, UpdateMask = new FieldMask { Paths = { paths } } };

    private async Task<UpdateAccountResponse> UpdateAsync(Account account, params string[] paths) =>
        await _service.Accounts.UpdateAccountAsync(Update(account, paths), _person.AsSelf);

    private async Task<VerifyContactResponse> VerifyAsync(string id, string code) =>
        await _service.Accounts.VerifyContactAsync(new VerifyContactRequest { VerificationId = id, Code = code }, _person.AsSelf);

    private async Task ChangeEmailAsync(string email)
    {
        var updated = await UpdateAsync(new Account { Email = email }, "email");
        await VerifyAsync(updated.VerificationId, (await _service.Messages.NextToAsync(email)).Code!);
    }

    private async Task<LoginResponse> LoginAsync(string identifier) => await _service.Logins.LoginAsync(
        new LoginRequest { Identifier = identifier, Password = Person.Password, Environment = Surroundings.AtHome() }, TestService.From(_person.Home));

    private async Task<string> CodeToAsync(string contact)
    {
        while (true)
        {
            if ((await _service.Messages.NextToAsync(contact)).Code is { } code)
                return code;
        }
    }
}
