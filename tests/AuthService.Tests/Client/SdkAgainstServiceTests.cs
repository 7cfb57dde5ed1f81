using AuthService.Client;
using AuthService.Client.Keys;
using AuthService.Client.Sessions;
using AuthService.Protocol;
using AuthService.Tests.Risk;
using AuthService.V1;
using Google.Type;

namespace AuthService.Tests.Client;

/// <summary>The SDK and the service, each as it is.</summary>
public sealed class SdkAgainstServiceTests : IAsyncLifetime
{
    private const string Email = "ada@example.org";
    private readonly MemorySessionStore _store = new();
    private readonly SoftwareDeviceKey _key = SoftwareDeviceKey.Generate();
    private TestService _service = null!;
    private AuthServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.StartAsync();
        _client = Given.Client(new Uri(_service.Address), _store, clock: _service.Clock);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _key.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_remembered_device_signs_in_without_a_step_up()
    {
        await SignUpAsync();
        await _client.SignOutAsync();

        var outcome = await _client.SignInAsync(Email, Person.Password, Surroundings.AtHome());

        outcome.ShouldBeOfType<SignInOutcome.SignedIn>();
        (await AccountAsync(_client)).Email.ShouldBe(Email);
    }

    [Fact]
    public async Task A_bound_key_proves_every_call_and_signs_in_alone()
    {
        await SignUpAsync();

        var device = await _client.BindDeviceAsync(_key, "Ada's phone", "phone");
        var bound = await AccountAsync(_client);
        await _client.SignOutAsync();
        var outcome = await _client.SignInWithDeviceAsync(Email, Surroundings.AtHome());

        device.KeyThumbprint.ShouldBe(_key.PublicKey.Thumbprint);
        bound.Email.ShouldBe(Email);
        outcome.ShouldBeOfType<SignInOutcome.SignedIn>().Session.DeviceId.ShouldBe(device.DeviceId);
    }

    [Fact]
    public async Task A_bound_key_completes_a_step_up_without_anything_to_type()
    {
        await SignUpAsync();
        var device = await _client.BindDeviceAsync(_key, "Ada's phone", "phone");
        await _client.SignOutAsync();
        await _service.ChangePolicyAsync(new RiskPolicy { AllowBelow = -900_000 });
        using var withoutKey = Given.Client(new Uri(_service.Address), _store, clock: _service.Clock);

        var outcome = await withoutKey.SignInAsync(Email, Person.Password, Surroundings.AtHome());
        var stepUp = outcome.ShouldBeOfType<SignInOutcome.StepUpNeeded>().StepUp;
        var session = await _client.CompleteStepUpWithDeviceAsync(stepUp.StepUpId);

        stepUp.AllowedFactors.ShouldContain(FactorKind.DeviceKey);
        session.DeviceId.ShouldBe(device.DeviceId);
    }

    [Fact]
    public async Task A_further_key_is_trusted_at_once_since_the_old_one_countersigns()
    {
        await SignUpAsync();
        await _client.BindDeviceAsync(_key, "Ada's phone", "phone");
        using var newKey = SoftwareDeviceKey.Generate();

        var device = await _client.BindDeviceAsync(newKey, "Ada's new phone", "phone");

        device.TrustedFrom.ToDateTimeOffset().ShouldBeLessThanOrEqualTo(_service.Clock.GetUtcNow());
        (await AccountAsync(_client)).Email.ShouldBe(Email);
    }

    [Fact]
    public async Task A_session_goes_on_for_hours_by_itself()
    {
        await SignUpAsync();
        await _client.BindDeviceAsync(_key, "Ada's phone", "phone");
        var first = await _client.GetSessionAsync();

        for (var quarter = 0; quarter < 12; quarter++)
        {
            _service.Clock.Advance(TimeSpan.FromMinutes(15));
            (await AccountAsync(_client)).Email.ShouldBe(Email);
        }

        (await _client.GetSessionAsync())!.SessionId.ShouldBe(first!.SessionId);
    }

    [Fact]
    public async Task An_app_whose_clock_is_wrong_proves_itself_with_challenges()
    {
        await SignUpAsync();
        await _client.BindDeviceAsync(_key, "Ada's phone", "phone");
        var wrong = Given.Clock();
        wrong.SetUtcNow(_service.Clock.GetUtcNow().AddMinutes(2));
        using var client = Given.Client(new Uri(_service.Address), _store, _key, wrong);

        var account = await AccountAsync(client);

        account.Email.ShouldBe(Email);
    }

    [Fact]
    public async Task What_the_service_refuses_the_app_is_told_in_a_word()
    {
        await SignUpAsync();

        var refusal = await Given.RefusedAsync(() => _client.SignInAsync(Email, "not the password", Surroundings.AtHome()));

        refusal.Reason.ShouldBe(ErrorReasons.InvalidCredentials);
    }

    private async Task SignUpAsync()
    {
        var verificationId = await _client.SignUpAsync(new CreateAccountRequest
        {
            Email = Email,
            Password = Person.Password,
            BirthDate = new Date { Year = 1990, Month = 5, Day = 17 },
            Region = "de",
            PolicyVersion = "1",
            Locale = "de-DE",
            Consents = { ConsentPurpose.DeviceIdentification, ConsentPurpose.WifiEnvironment, ConsentPurpose.Location },
            Environment = Surroundings.AtHome(),
        });
        var message = await _service.Messages.NextToAsync(Email);
        await _client.VerifyContactAsync(verificationId, message.Code!, rememberDevice: true);
    }

    private static async Task<Account> AccountAsync(AuthServiceClient client) =>
        (await new AccountService.AccountServiceClient(client.Calls).GetAccountAsync(new GetAccountRequest())).Account;
}
