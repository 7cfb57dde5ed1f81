using AuthService.Storage.Rows;

namespace AuthService.Accounts;

/// <summary>An e-mail address or a phone number, in normal form: what people sign in with and are reached by.</summary>
public readonly record struct Contact
{
    private Contact(ContactKind kind, string value) => (Kind, Value) = (kind, value);

    public ContactKind Kind { get; }

    /// <summary>The normal form: equal for what the same mailbox or line is meant by.</summary>
    public string Value { get; }

    /// <summary>Either, told apart by an '@'.</summary>
    public static bool TryParse(string text, out Contact contact) =>
        text.Contains('@', StringComparison.Ordinal) ? TryParseEmail(text, out contact) : TryParsePhoneNumber(text, out contact);

    public static bool TryParseEmail(string text, out Contact contact) => throw new NotSupportedException(new Contact(ContactKind.Email, text).Value);

    /// <summary>E.164.</summary>
    public static bool TryParsePhoneNumber(string text, out Contact contact) => throw new NotSupportedException();

    public override string ToString() => "[contact]";
}
