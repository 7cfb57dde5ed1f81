namespace AuthService.Accounts;

/// <summary>The language that a person wants messages in: a BCP 47 tag, "de-DE".</summary>
internal readonly record struct Locale
{
    private const int MaxLength = 35; // RFC 5646 §4.4.1

    private Locale(string value) => Value = value;

    public string Value { get; }

    /// <summary>By form (RFC 5646 §2.1: letters first, subtags of 1 to 8 letters and digits); the registry is not asked.</summary>
    public static bool TryParse(string text, out Locale locale)
    {
        var subtags = text.Length <= MaxLength ? text.Split('-') : [];
        var wellFormed = subtags.Length > 0
            && subtags[0].Length is >= 2 and <= 8 && subtags[0].All(char.IsAsciiLetter)
            && subtags.All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit));
        locale = wellFormed ? new Locale(text) : default;
        return wellFormed;
    }
}
