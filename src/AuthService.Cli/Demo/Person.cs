using System.Security.Cryptography;
using AuthService.V1;

namespace AuthService.Cli.Demo;

/// <summary>Whose story it is: somebody who does not exist, with an address that no mail reaches (RFC 2606).</summary>
internal sealed class Person
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    public string Email { get; } = $"demo-{RandomNumberGenerator.GetString(Letters, 10)}@example.org";

    public string Password { get; } = $"walrus teapot orbit {RandomNumberGenerator.GetString(Letters, 8)}";

    public CreateAccountRequest SignUp(EnvironmentSignals environment) => new()
    {
        Email = Email,
        Password = Password,
        BirthDate = new Google.Type.Date { Year = 1990, Month = 5, Day = 17 },
        Region = "de",
        PolicyVersion = "1",
        Locale = "en",
        Consents = { ConsentPurpose.DeviceIdentification, ConsentPurpose.WifiEnvironment, ConsentPurpose.Location },
        Environment = environment,
    };
}
