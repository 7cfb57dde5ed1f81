using AuthService.V1;
using Google.Type;

namespace AuthService.Tests.Accounts;

/// <summary>Sign-ups to vary.</summary>
internal static class SignUpForm
{
    public const string Home = "198.51.90.7";

    private static int s_count;

    /// <summary>A contact and a network that no other test uses.</summary>
    public static (string Email, string Home) NewPerson()
    {
        var number = Interlocked.Increment(ref s_count);
        return ($"signup{number}@example.org", $"198.18.{number}.7");
    }

    public static CreateAccountRequest For(string email, Action<CreateAccountRequest>? change = null)
    {
        var request = new CreateAccountRequest
        {
            Email = email,
            Password = Person.Password,
            BirthDate = new Date { Year = 1990, Month = 5, Day = 17 },
            Region = "de",
            PolicyVersion = "1",
            Locale = "en",
            Consents = { ConsentPurpose.DeviceIdentification },
            Environment = Surroundings.AtHome(),
            GivenName = "Ada",
            FamilyName = "Lovelace",
            Address = "12 St James's Square\nLondon",
        };
        change?.Invoke(request);
        return request;
    }

    public static async Task<string> CreateAsync(TestService service, CreateAccountRequest request, string from = Home) =>
        (await service.Accounts.CreateAccountAsync(request, TestService.From(from))).VerificationId;

    public static async Task<VerifyContactResponse> VerifyAsync(
        TestService service, string id, string code, string from = Home, string requestId = "", bool rememberDevice = false) =>
        await service.Accounts.VerifyContactAsync(
            new VerifyContactRequest { VerificationId = id, Code = code, RequestId = requestId, RememberDevice = rememberDevice },
            TestService.From(from));

    /// <summary>A code of the same length that is another.</summary>
    public static string Other(string code) => (code[0] == '9' ? '0' : (char)(code[0] + 1)) + code[1..];
}
