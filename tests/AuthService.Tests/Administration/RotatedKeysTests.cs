using AuthService.Protocol;
using AuthService.Security.Keys;
using AuthService.Tests.Risk;
using AuthService.Tests.Sessions;
using AuthService.V1;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Administration;

/// <summary>What rotation does to those who are signed in, and to what is stored.</summary>
public sealed class RotatedKeysTests : IAsyncLifetime
{
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task After_all_kinds_of_keys_have_rotated_nobody_is_logged_out_and_nobody_looks_new()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);
        var before = await JudgeAsync(person);

        foreach (var use in KeyRotations.Kinds)
            await _service.RotateAsync(use);
        _service.Clock.Advance(KeyRotations.Lead);
        foreach (var use in new[] { KeyringUse.KeyEncryption, KeyringUse.BlindIndex })
            await _service.KeysOnceAsync(use, keys => keys[1].ValuesLeft == 0);

        (await ValidateAsync(person.Session)).Active.ShouldBeTrue();
        (await JudgeAsync(person)).ShouldBe(before);
        var login = await person.LoginFromAsync(person.Home, deviceToken: person.Session.DeviceToken);
        login.OutcomeCase.ShouldBe(LoginResponse.OutcomeOneofCase.Session);
        login.Session.AccountId.ShouldBe(person.AccountId);
    }

    [Fact]
    public async Task A_new_signing_key_is_published_before_it_signs_and_the_old_one_as_long_as_its_tokens_live()
    {
        var owner = await Owner.CreateAsync(_service);
        var old = (await _service.KeysAsync(KeyringUse.Signing)).ShouldHaveSingleItem();

        var made = await _service.RotateAsync(KeyringUse.Signing);
        (await PublishedAsync()).ShouldBe([old.KeyId, made.KeyId]);
        var signedByOld = await owner.SignInAsync();
        KeyOf(signedByOld).ShouldBe(old.KeyId);

        _service.Clock.Advance(KeyRotations.Lead);
        var signedByNew = await owner.SignInAsync();
        KeyOf(signedByNew).ShouldBe(made.KeyId);
        (await ValidateAsync(signedByOld)).Active.ShouldBeTrue();
        (await ValidateAsync(signedByNew)).Active.ShouldBeTrue();
        (await PublishedAsync()).ShouldBe([made.KeyId, old.KeyId]);

        _service.Clock.Advance(TimeSpan.FromMinutes(10));
        (await PublishedAsync()).ShouldBe([made.KeyId]);
    }

    [Fact]
    public async Task What_a_compromised_signing_key_signed_is_void_at_once_also_where_it_was_verified_before()
    {
        var owner = await Owner.CreateAsync(_service);
        var before = await owner.SignInAsync();
        (await ValidateAsync(before)).Active.ShouldBeTrue();

        var made = await _service.ReplaceCompromisedAsync(KeyringUse.Signing);

        (await ValidateAsync(before)).Reason.ShouldBe(InactiveReason.Invalid);
        (await PublishedAsync()).ShouldBe([made.KeyId]);
        (await ValidateAsync(await owner.SignInAsync())).Active.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_lost_an_access_token_with_a_compromised_signing_key_refreshes_and_goes_on()
    {
        var person = await Person.SignUpAsync(_service);
        await _service.ReplaceCompromisedAsync(KeyringUse.Signing);

        var refreshed = await _service.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = person.Session.RefreshToken }, TestService.From(person.Home));

        (await ValidateAsync(refreshed.Session)).Active.ShouldBeTrue();
    }

    [Fact]
    public async Task A_password_moves_to_the_new_pepper_at_the_next_login()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);
        await _service.RotateAsync(KeyringUse.Pepper);
        _service.Clock.Advance(KeyRotations.Lead);

        var first = await person.LoginFromAsync(person.Home, deviceToken: person.Session.DeviceToken);
        var second = await person.LoginFromAsync(person.Home, deviceToken: first.Session.DeviceToken);

        second.Session.ShouldNotBeNull();
        (await _service.EventsAsync(EventType.PasswordRehashed, person.AccountId)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Passwords_under_a_compromised_pepper_are_void_until_they_are_recovered()
    {
        var person = await Person.SignUpAsync(_service);
        await _service.ReplaceCompromisedAsync(KeyringUse.Pepper);

        var refused = await Refusals.OfAsync(_service.Logins.LoginAsync(person.Login(), TestService.From(person.Home)));

        refused.Reason().ShouldBe(ErrorReasons.InvalidCredentials);
    }

    [Fact]
    public async Task A_contact_whose_index_has_not_moved_is_found_and_cannot_be_taken_by_somebody_else()
    {
        await using var service = await TestService.StartAsync(services: services => services.Remove(
            services.Single(added => added.ImplementationType == typeof(Rekeying))));
        var person = await Person.SignUpAsync(service);
        await service.RotateAsync(KeyringUse.BlindIndex);
        service.Clock.Advance(KeyRotations.Lead);

        await service.Accounts.CreateAccountAsync(SignUpAs(person.Email), TestService.From("192.0.2.77"));

        (await service.KeysAsync(KeyringUse.BlindIndex))[1].ValuesLeft.ShouldBe(1);
        (await LookUpAsync(service, person)).ShouldBe(person.AccountId);
        (await service.EventsAsync(EventType.SignUpOnExistingContact)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_contact_whose_index_has_moved_is_found_and_cannot_be_taken_by_somebody_else()
    {
        var person = await Person.SignUpAsync(_service);
        await _service.RotateAsync(KeyringUse.BlindIndex);
        await _service.KeysOnceAsync(KeyringUse.BlindIndex, keys => keys[1].State == KeyringKeyState.Retired && keys[1].ValuesLeft == 0);

        await _service.Accounts.CreateAccountAsync(SignUpAs(person.Email), TestService.From("192.0.2.77"));

        (await LookUpAsync(_service, person)).ShouldBe(person.AccountId);
        (await _service.EventsAsync(EventType.SignUpOnExistingContact)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Failures_in_a_row_are_not_forgotten_when_the_blind_index_rotates()
    {
        var person = await Person.SignUpAsync(_service);
        await Refusals.OfAsync(_service.Logins.LoginAsync(person.Login(password: "not the password 12"), TestService.From("192.0.2.1")));
        await _service.RotateAsync(KeyringUse.BlindIndex);
        _service.Clock.Advance(KeyRotations.Lead);
        await _service.KeysOnceAsync(KeyringUse.BlindIndex, keys => keys[1].ValuesLeft == 0);

        var found = await _service.Admin.LookUpAccountAsync(new LookUpAccountRequest { AccountId = person.AccountId }, _service.AsAdmin);

        found.ConsecutiveFailures.ShouldBe(1);
    }

    [Theory]
    [InlineData(KeyringUse.KeyEncryption)]
    [InlineData(KeyringUse.BlindIndex)]
    public async Task A_compromised_key_leaves_once_nothing_is_kept_under_it(KeyringUse use)
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);
        var old = (await _service.KeysAsync(use)).Single();

        var made = await _service.ReplaceCompromisedAsync(use);
        var during = await _service.KeysAsync(use);
        during.Select(key => (key.KeyId, key.State)).ShouldBe(
            [(made.KeyId, KeyringKeyState.Current), (old.KeyId, KeyringKeyState.Compromised)]);
        during[1].ValuesLeft.ShouldBeGreaterThan(0);

        await _service.KeysOnceAsync(use, keys => keys[1].ValuesLeft == 0);
        await _service.KeysOnceAsync(use, keys => keys.Count == 1);

        var login = await person.LoginFromAsync(person.Home, deviceToken: person.Session.DeviceToken);
        login.Session.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(KeyringUse.KeyEncryption)]
    [InlineData(KeyringUse.BlindIndex)]
    public async Task After_a_compromised_key_has_left_a_restart_finds_everybody(KeyringUse use)
    {
        using var data = new AuthService.Tests.Security.Keys.TemporaryFolder();
        Person person;
        await using (var first = await TestService.StartAsync(data: data.Path))
        {
            person = await Person.SignUpAsync(first);
            await first.ReplaceCompromisedAsync(use);
            await first.KeysOnceAsync(use, keys => keys.Count == 1);
        }

        await using var second = await TestService.StartAsync(data: data.Path);
        var found = await second.Admin.LookUpAccountAsync(new LookUpAccountRequest { Identifier = person.Email }, second.AsAdmin);
        found.AccountId.ShouldBe(person.AccountId);
        (await second.Services.GetRequiredService<AccountKeyStore>().FindAsync(AuthService.Storage.Ids.AccountId.Parse(person.AccountId), default))
            .ShouldNotBeNull();
        await AuthService.Tests.Stores.TestStore.ForgetAsync(data.Path);
    }

    [Fact]
    public async Task Refresh_tokens_of_the_key_before_are_good_until_it_is_compromised()
    {
        var (one, other) = (await Person.SignUpAsync(_service), await Person.SignUpAsync(_service));
        await _service.RotateAsync(KeyringUse.Refresh);
        _service.Clock.Advance(KeyRotations.Lead);
        var good = await _service.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = one.Session.RefreshToken }, TestService.From(one.Home));

        await _service.ReplaceCompromisedAsync(KeyringUse.Refresh);
        var refused = await Refusals.OfAsync(_service.Sessions.RefreshSessionAsync(
            new RefreshSessionRequest { RefreshToken = other.Session.RefreshToken }, TestService.From(other.Home)));

        good.Session.ShouldNotBeNull();
        refused.Reason().ShouldBe(ErrorReasons.SessionUnknown);
    }

    [Fact]
    public async Task A_code_that_was_sent_before_the_keys_rotated_is_good_after()
    {
        var person = await Person.SignUpAsync(_service);
        var stepUp = (await person.LoginFromAsync("203.0.113.9", Surroundings.Abroad())).StepUp;
        await _service.Logins.SendStepUpCodeAsync(new SendStepUpCodeRequest { StepUpId = stepUp.StepUpId }, TestService.From("203.0.113.9"));
        var code = await person.CodeAsync();
        foreach (var use in new[] { KeyringUse.OneTimeCode, KeyringUse.Challenge, KeyringUse.EcvMac, KeyringUse.Messages, KeyringUse.Cursor })
            await _service.RotateAsync(use);
        _service.Clock.Advance(KeyRotations.Lead);

        var completed = await _service.Logins.CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Code = code }, TestService.From("203.0.113.9"));

        completed.Session.AccountId.ShouldBe(person.AccountId);
    }

    [Fact]
    public async Task A_keyring_that_somebody_else_replaced_is_read_again()
    {
        var made = await Rotation().RotateAsync(KeyUse.Pepper, TimeSpan.FromSeconds(5), compromised: false, default);

        await _service.KeysOnceAsync(KeyringUse.Pepper, keys => keys.Any(key => key.KeyId == made.Id.Value));
    }

    [Fact]
    public async Task A_file_that_is_no_keyring_any_more_leaves_the_one_in_memory_in_use()
    {
        var person = await Person.SignUpAsync(_service, rememberDevice: true);
        var path = _service.Services.GetRequiredService<KeyringSource>().Path;
        var good = await File.ReadAllBytesAsync(path);
        await File.WriteAllTextAsync(path, "{ \"version\": 1, \"keys\": [] }");
        _service.Clock.Advance(TimeSpan.FromSeconds(2));

        var login = await person.LoginFromAsync(person.Home, deviceToken: person.Session.DeviceToken);
        await File.WriteAllBytesAsync(path, good);
        await _service.RotateAsync(KeyringUse.Pepper);

        login.Session.ShouldNotBeNull();
        (await _service.KeysAsync(KeyringUse.Pepper)).Count.ShouldBe(2);
    }

    private KeyringRotation Rotation() => _service.Services.GetRequiredService<KeyringRotation>();

    private async Task<ValidateSessionResponse> ValidateAsync(Session session) =>
        await _service.Sessions.ValidateSessionAsync(new ValidateSessionRequest { AccessToken = session.AccessToken }, _service.AsService);

    private string KeyOf(Session session) => Jwt.Of(_service, session.AccessToken).Header["kid"]!.GetValue<string>();

    private async Task<IEnumerable<string>> PublishedAsync() =>
        (await _service.Sessions.ListSigningKeysAsync(new ListSigningKeysRequest())).Keys.Select(key => key.KeyId);

    private static async Task<string> LookUpAsync(TestService service, Person person) =>
        (await service.Admin.LookUpAccountAsync(new LookUpAccountRequest { Identifier = person.Email }, service.AsAdmin)).AccountId;

    private static CreateAccountRequest SignUpAs(string email) => new()
    {
        Email = email, Password = Person.Password, BirthDate = new Google.Type.Date { Year = 1990, Month = 5, Day = 17 },
        Region = "de", PolicyVersion = "1", Locale = "de-DE", Environment = Surroundings.AtHome(),
    };

    private async Task<(Decision, long)> JudgeAsync(Person person)
    {
        var request = new VerifyEcvRequest { AccountId = person.AccountId, Environment = Surroundings.AtHome(), PeerAddress = person.Home };
        var verdict = (await _service.Ecv.VerifyEcvAsync(request, _service.AsAdmin)).Verdict;
        return (verdict.Decision, verdict.ScoreMillibits);
    }
}
