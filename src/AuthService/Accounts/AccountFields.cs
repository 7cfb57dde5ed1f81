using AuthService.Hosting.Errors;
using AuthService.Messaging;
using AuthService.Storage.Rows;

namespace AuthService.Accounts;

/// <summary>The fields that more than one of this service's requests have.</summary>
internal static class AccountFields
{
    private const string EmailForm = "an e-mail address such as name@example.org, of at most 254 characters";
    private const string PhoneNumberForm = "a phone number in E.164 such as +4915112345678, on which a person can be reached";

    public static Contact Email(this FieldViolations fields, string field, string text) =>
        fields.Parse<Contact>(field, text, Contact.TryParseEmail, EmailForm);

    public static Contact PhoneNumber(this FieldViolations fields, string field, string text, MessageChannels channels)
    {
        var contact = fields.Parse<Contact>(field, text, Contact.TryParsePhoneNumber, PhoneNumberForm);
        RequireChannel(fields, field, ContactKind.Phone, channels);
        return contact;
    }

    /// <summary>Either, where a person says who he is.</summary>
    public static Contact Identifier(this FieldViolations fields, string field, string text, MessageChannels channels)
    {
        var contact = fields.Parse<Contact>(field, text, Contact.TryParse, "an e-mail address or a phone number in E.164");
        if (contact.Kind == ContactKind.Phone)
            RequireChannel(fields, field, ContactKind.Phone, channels);
        return contact;
    }

    /// <summary>An address may have lines.</summary>
    public static string Address(this FieldViolations fields, string field, string text)
    {
        fields.Text(field, text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\n', ' '), PersonalFields.MaxAddress);
        return text;
    }

    private static void RequireChannel(FieldViolations fields, string field, ContactKind kind, MessageChannels channels)
    {
        if (!channels.Reaches(kind))
            fields.Add(field, "Must be an e-mail address: this service sends no SMS.");
    }
}
