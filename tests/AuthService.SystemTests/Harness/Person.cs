using AuthService.V1;
using Google.Type;

namespace AuthService.SystemTests.Harness;

/// <summary>Somebody who signs up and logs in, always from the same phone, flat and address.</summary>
public sealed record Person(string Email, string Password, string Network, EnvironmentSignals Home)
{
    public static Person Number(int number, string story) => new(
        $"{story}-{number}@example.org",
        $"{story} {number} brews lukewarm gooseberry tea",
        Surroundings.Network(number),
        Surroundings.Home(number));

    public CreateAccountRequest SignUpRequest() => new()
    {
        RequestId = RequestId(),
        Email = Email,
        Password = Password,
        BirthDate = new Date { Year = 1990, Month = 4, Day = 2 },
        Region = "de",
        PolicyVersion = "1",
        Locale = "de-DE",
        Consents = { ConsentPurpose.DeviceIdentification, ConsentPurpose.WifiEnvironment, ConsentPurpose.Location },
        Environment = Home,
    };

    public LoginRequest LoginRequest(string deviceToken = "") => new()
    {
        RequestId = RequestId(), Identifier = Email, Password = Password, Environment = Home, DeviceToken = deviceToken,
    };

    /// <summary>Signs up, and has this device remembered.</summary>
    public async Task<Session> SignUpAsync(ServiceProcess service, OutboxFile outbox)
    {
        var created = await Refusals.PatientlyAsync(() => service.Accounts.CreateAccountAsync(SignUpRequest(), ServiceProcess.From(Network)));
        return await VerifyAsync(service, created.VerificationId, await outbox.NextCodeAsync(Email));
    }

    /// <summary>However often it is called for one verification, it is the same request: whoever got no answer repeats it.</summary>
    public async Task<Session> VerifyAsync(ServiceProcess service, string verificationId, string code)
    {
        var request = new VerifyContactRequest { RequestId = verificationId, VerificationId = verificationId, Code = code, RememberDevice = true };
        return (await service.Accounts.VerifyContactAsync(request, ServiceProcess.From(Network))).Session;
    }

    public async Task<LoginResponse> LogInAsync(ServiceProcess service, string deviceToken = "") =>
        await Refusals.PatientlyAsync(() => service.Logins.LoginAsync(LoginRequest(deviceToken), ServiceProcess.From(Network)));

    public static string RequestId() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
