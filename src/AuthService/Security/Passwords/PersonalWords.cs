using System.Text;

namespace AuthService.Security.Passwords;

/// <summary>
/// What a guesser who knows the account would try: its identifier, names, the service's name; all lower case (SP 800-63B-4
/// §3.1.1.2: context-specific words and their derivatives).
/// </summary>
internal sealed class PersonalWords
{
    // What may be added to a name and still be a derivative of it: a few letters, and a date.
    private const int MostLettersBeside = 3;
    private const int MostDigitsBeside = 8;

    private static readonly char[] Separators = [' ', '.', '-', '_', '+', '@', '\'', ',', '/', '\t', '\u00a0'];

    private readonly string[] _words;

    public PersonalWords(PasswordContext context, IEnumerable<string> serviceWords)
    {
        var identifier = context.Identifier ?? "";
        string[] texts = [identifier, LocalPart(identifier), SubscriberPart(identifier), .. context.Names, .. serviceWords];
        _words = [.. texts.Select(Fold).SelectMany(WithParts).Where(IsTelling).Distinct(StringComparer.Ordinal).OrderByDescending(word => word.Length)];
    }

    public IReadOnlyList<string> Words => _words;

    /// <summary>Whether the password is made of these words and little else. A long phrase may well hold a name.</summary>
    public bool MakeUp(PasswordText password)
    {
        var whole = Fold(password.Value);
        var rest = _words.Aggregate(whole, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < whole.Length
            && rest.EnumerateRunes().Count(Rune.IsLetter) <= MostLettersBeside
            && rest.EnumerateRunes().Count(Rune.IsDigit) <= MostDigitsBeside;
    }

    private static string LocalPart(string identifier) => identifier[..(identifier.LastIndexOf('@') is var at and >= 0 ? at : identifier.Length)];

    /// <summary>The end of a phone number, which is the same whether it is written with the country's code or with a zero.</summary>
    private static string SubscriberPart(string identifier) => identifier.StartsWith('+') && identifier.Length > 8 ? identifier[^8..] : "";

    private static IEnumerable<string> WithParts(string text) => [text, .. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)];

    // Two letters of Latin script are in every other word; two Chinese characters are a name.
    private static bool IsTelling(string word) => word.Length >= (Ascii.IsValid(word) ? 3 : 2);

    private static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim();
}
