using AuthService.Hosting.Errors;
using AuthService.Security;

namespace AuthService.Accounts;

/// <summary>A code as a person typed it: digits. Spaces and hyphens that grouped them do no harm.</summary>
internal static class CodeText
{
    /// <summary>Of the codes that prove a contact.</summary>
    public const int ContactDigits = 6;

    /// <summary>Of the codes that recover an account: 100 times harder to guess, since more hangs on them.</summary>
    public const int RecoveryDigits = 8;

    public static Secret<string> Parse(FieldViolations fields, string field, string text)
    {
        var digits = text.Length <= 32 ? text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal) : text;
        if (text.Length == 0)
            fields.Add(field, "Required.");
        else if (digits.Length is < ContactDigits or > RecoveryDigits || !digits.All(char.IsAsciiDigit))
            fields.Add(field, "Must be the digits that were sent.");
        return new Secret<string>(digits);
    }
}
