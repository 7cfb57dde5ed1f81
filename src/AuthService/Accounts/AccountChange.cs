using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Security.Keys;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Accounts;

/// <summary>What an update asks to change. A property that is null stays as it is; empty text erases.</summary>
internal sealed record AccountChange
{
    public string? GivenName { get; private set; }
    public string? FamilyName { get; private set; }
    public string? Address { get; private set; }
    public Locale? Locale { get; private set; }

    /// <summary>Takes effect when it is verified.</summary>
    public Contact? Contact { get; private set; }

    /// <summary>The paths of the mask, each once.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Whether it changes the account at once.</summary>
    public bool IsImmediate => GivenName is not null || FamilyName is not null || Address is not null || Locale is not null;

    public static AccountChange Parse(FieldViolations fields, UpdateAccountRequest request, MessageChannels channels)
    {
        fields.RequestId(request.RequestId);
        var change = new AccountChange { Paths = [.. (request.UpdateMask?.Paths ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
        if (change.Paths.Count == 0)
            fields.Add("update_mask", "Required: at least one path.");

        foreach (var path in change.Paths)
            change.Read(path, fields, request.Account ?? new Account(), channels);
        return change;
    }

    public void ApplyTo(AccountRow row, AccountKeys keys, DateTimeOffset now)
    {
        if (GivenName is { } givenName)
            row.GivenNameSealed = PersonalFields.Seal(keys, PersonalFields.GivenName, givenName);
        if (FamilyName is { } familyName)
            row.FamilyNameSealed = PersonalFields.Seal(keys, PersonalFields.FamilyName, familyName);
        if (Address is { } address)
            row.AddressSealed = PersonalFields.Seal(keys, PersonalFields.Address, address);
        if (Locale is { } locale)
            row.Locale = locale.Value;
        if (IsImmediate)
            row.UpdatedAt = now;
    }

    private void Read(string path, FieldViolations fields, Account account, MessageChannels channels)
    {
        switch (path)
        {
            case "given_name":
                GivenName = fields.Text("account.given_name", account.GivenName, PersonalFields.MaxName);
                break;
            case "family_name":
                FamilyName = fields.Text("account.family_name", account.FamilyName, PersonalFields.MaxName);
                break;
            case "address":
                Address = fields.Address("account.address", account.Address);
                break;
            case "locale":
                Locale = fields.Parse<Locale>("account.locale", account.Locale, Accounts.Locale.TryParse, "a BCP 47 language tag");
                break;
            case "email" or "phone_number" when Contact is not null:
                fields.Add("update_mask", "Must name one contact at a time: each has a code of its own.");
                break;
            case "email":
                Contact = fields.Email("account.email", account.Email);
                break;
            case "phone_number":
                Contact = fields.PhoneNumber("account.phone_number", account.PhoneNumber, channels);
                break;
            default:
                fields.Add("update_mask", "Must name given_name, family_name, address, locale, email or phone_number.");
                break;
        }
    }
}
