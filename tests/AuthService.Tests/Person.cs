using AuthService.V1;
using Google.Type;
using Grpc.Core;

namespace AuthService.Tests;

/// <summary>Somebody with an account, a home and a phone, who uses the service through its own RPCs only.</summary>
public sealed class Person
{
    public const string Password = "walrus teapot orbit 91";

    private static int s_count;

    private readonly TestService _service;

    private Person(TestService service, string email, string home) => (_service, Email, Home) = (service, email, home);

    public string Email { get; }

    /// <summary>The address of the network at home.</summary>
    public string Home { get; }

    /// <summary>From the sign-up.</summary>
    public Session Session { get; private set; } = null!;

    public string AccountId => Session.AccountId;

    public Metadata AsSelf => TestService.From(Home, TestService.Bearer(Session.AccessToken));

    /// <summary>Goes on with the newest tokens.</summary>
    public void Take(Session renewed) => Session = renewed;

    /// <summary>Signs somebody up, at home; with all consents, if nothing else is said.</summary>
    public static async Task<Person> SignUpAsync(
        TestService service, bool rememberDevice = false, EnvironmentSignals? environment = null, IReadOnlyList<ConsentPurpose>? consents = null)
    {
        var number = Interlocked.Increment(ref s_count);
        var person = new Person(service, $"person{number}@example.org", $"198.51.{100 + (number / 250)}.{1 + (number % 250)}");
        var created = await service.Accounts.CreateAccountAsync(person.SignUp(environment, consents), TestService.From(person.Home));
        var message = await service.Messages.NextToAsync(person.Email);
        var verified = await service.Accounts.VerifyContactAsync(
            new VerifyContactRequest { VerificationId = created.VerificationId, Code = message.Code, RememberDevice = rememberDevice },
            TestService.From(person.Home));
        person.Session = verified.Session;
        return person;
    }

    public LoginRequest Login(EnvironmentSignals? environment = null, string password = Password, string deviceToken = "") => new()
    {
        Identifier = Email,
        Password = password,
        Environment = environment ?? Surroundings.AtHome(),
        DeviceToken = deviceToken,
    };

    /// <summary>Signs in from an address.</summary>
    public async Task<LoginResponse> LoginFromAsync(string address, EnvironmentSignals? environment = null, string password = Password, string deviceToken = "") =>
        await _service.Logins.LoginAsync(Login(environment, password, deviceToken), TestService.From(address));

    /// <summary>Completes a step-up with the code from the mail, from an address.</summary>
    public async Task<Session> CompleteAsync(StepUp stepUp, string address, bool rememberDevice = false)
    {
        await _service.Logins.SendStepUpCodeAsync(new SendStepUpCodeRequest { StepUpId = stepUp.StepUpId }, TestService.From(address));
        var code = await CodeAsync();
        var completed = await _service.Logins.CompleteStepUpAsync(
            new CompleteStepUpRequest { StepUpId = stepUp.StepUpId, Code = code, RememberDevice = rememberDevice }, TestService.From(address));
        return completed.Session;
    }

    /// <summary>The next code that is mailed.</summary>
    public async Task<string> CodeAsync()
    {
        while (true)
        {
            if ((await _service.Messages.NextToAsync(Email)).Code is { } code)
                return code;
        }
    }

    private CreateAccountRequest SignUp(EnvironmentSignals? environment, IReadOnlyList<ConsentPurpose>? consents) => new()
    {
        Email = Email,
        Password = Password,
        BirthDate = new Date { Year = 1990, Month = 5, Day = 17 },
        Region = "de",
        PolicyVersion = "1",
        Locale = "de-DE",
        Consents = { consents ?? [ConsentPurpose.DeviceIdentification, ConsentPurpose.WifiEnvironment, ConsentPurpose.Location] },
        Environment = environment ?? Surroundings.AtHome(),
    };
}
