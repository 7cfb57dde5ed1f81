using AuthService.Ecv.Signals;
using AuthService.Environments;
using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Security;
using AuthService.Security.Passwords;
using AuthService.V1;
using ContactCase = AuthService.V1.CreateAccountRequest.ContactOneofCase;

namespace AuthService.Accounts;

/// <summary>A sign-up whose fields are well-formed.</summary>
internal sealed record NewAccount(
    Contact Contact,
    Secret<string> Password,
    BirthDate BirthDate,
    string Locale,
    IReadOnlyList<ConsentPurpose> Consents,
    CanonicalSignals Signals,
    string GivenName,
    string FamilyName,
    string Address)
{
    public PasswordContext PasswordContext => new(HasSecondFactor: false, Contact.Value, [GivenName, FamilyName]);

    public static NewAccount Parse(
        FieldViolations fields, CreateAccountRequest request, MessageChannels channels, EnvironmentReader environments, DateOnly today)
    {
        fields.RequestId(request.RequestId);
        if (request.Region.Length != 2 || !request.Region.All(char.IsAsciiLetterLower))
            fields.Add("region", request.Region.Length == 0 ? "Required." : "Must be two lower-case letters.");
        fields.Text("policy_version", request.PolicyVersion, 32, required: true);
        if (request.Password.Length == 0)
            fields.Add("password", "Required.");
        if (!BirthDate.TryParse(request.BirthDate, today, out var birthDate))
            fields.Add("birth_date", request.BirthDate is null ? "Required." : "Must be a day of the calendar on which somebody alive can have been born.");

        return new NewAccount(
            ParseContact(fields, request, channels),
            new Secret<string>(request.Password),
            birthDate,
            fields.Parse<Locale>("locale", request.Locale, Accounts.Locale.TryParse, "a BCP 47 language tag").Value,
            ParseConsents(fields, request.Consents),
            environments.Read(fields, "environment", request.Environment),
            fields.Text("given_name", request.GivenName, PersonalFields.MaxName),
            fields.Text("family_name", request.FamilyName, PersonalFields.MaxName),
            fields.Address("address", request.Address));
    }

    private static Contact ParseContact(FieldViolations fields, CreateAccountRequest request, MessageChannels channels)
    {
        switch (request.ContactCase)
        {
            case ContactCase.Email:
                return fields.Email("email", request.Email);
            case ContactCase.PhoneNumber:
                return fields.PhoneNumber("phone_number", request.PhoneNumber, channels);
            default:
                fields.Add("contact", "Required: an email or a phone_number.");
                return default;
        }
    }

    private static List<ConsentPurpose> ParseConsents(FieldViolations fields, IEnumerable<ConsentPurpose> consents)
    {
        var purposes = consents.Distinct().ToList();
        if (purposes.Exists(purpose => purpose == ConsentPurpose.Unspecified || !Enum.IsDefined(purpose)))
            fields.Add("consents", "Must be known purposes.");
        return purposes;
    }
}
