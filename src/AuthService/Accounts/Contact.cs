using AuthService.Storage.Rows;

namespace AuthService.Accounts;

/// <summary>An e-mail address or a phone number, in normal form: what people sign in with and are reached by.</summary>
public readonly record struct Contact
{
    /// <summary>No text that is longer is looked at. RFC 5321 §4.5.3.1.3: a path has at most 256 octets, with its angle brackets.</summary>
    public const int MaxLength = 254;

    private Contact(ContactKind kind, string value) => (Kind, Value) = (kind, value);

    public ContactKind Kind { get; }

    /// <summary>The normal form: equal for what the same mailbox or line is meant by.</summary>
    public string Value { get; }

    /// <summary>The name under which the kind goes into blind indexes and counters.</summary>
    internal string IndexKind => Kind == ContactKind.Email ? "email" : "phone";

    /// <summary>Either, told apart by an '@'.</summary>
    public static bool TryParse(string text, out Contact contact) =>
        text.Contains('@', StringComparison.Ordinal) ? TryParseEmail(text, out contact) : TryParsePhoneNumber(text, out contact);

    /// <summary>An address as people have them: see <see cref="EmailAddress"/>.</summary>
    public static bool TryParseEmail(string text, out Contact contact)
    {
        var parsed = EmailAddress.TryNormalise(text, out var value);
        contact = parsed ? new Contact(ContactKind.Email, value) : default;
        return parsed;
    }

    /// <summary>E.164, with its '+'; spaces, hyphens, dots and brackets may stand between the digits.</summary>
    public static bool TryParsePhoneNumber(string text, out Contact contact)
    {
        var parsed = PhoneNumber.TryNormalise(text, out var value);
        contact = parsed ? new Contact(ContactKind.Phone, value) : default;
        return parsed;
    }

    public override string ToString() => "[contact]";
}
