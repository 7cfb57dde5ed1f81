namespace AuthService.Ecv.Signals;

/// <summary>The shape and recommended case of a language tag (BCP 47, RFC 5646 §2.1.1). Registries are not consulted.</summary>
internal static class LanguageTag
{
    /// <summary>RFC 5646 §4.4.1: 35 characters hold every tag without extensions.</summary>
    private const int MaxLength = 35;

    public static bool TryCanonicalise(string text, out string tag)
    {
        tag = "";
        if (text.Length > MaxLength)
            return false;

        // Old platforms write de_DE.
        var subtags = text.Replace('_', '-').Split('-');
        var afterSingleton = false;
        for (var index = 0; index < subtags.Length; index++)
        {
            var subtag = subtags[index];
            if (subtag.Length is 0 or > 8 || !subtag.All(char.IsAsciiLetterOrDigit))
                return false;
            if (index == 0 && (subtag.Length < 2 || !subtag.All(char.IsAsciiLetter)))
                return false;

            subtags[index] = Recase(subtag, index == 0 || afterSingleton);
            afterSingleton |= subtag.Length == 1;
        }

        tag = string.Join('-', subtags);
        return true;
    }

    /// <summary>§2.1.1: regions in capitals, scripts with a capital, all else lower; not for what follows a singleton.</summary>
    private static string Recase(string subtag, bool plain) => (plain, subtag.Length) switch
    {
        (false, 2) => subtag.ToUpperInvariant(),
        (false, 4) => char.ToUpperInvariant(subtag[0]) + subtag[1..].ToLowerInvariant(),
        _ => subtag.ToLowerInvariant(),
    };
}
