using System.Buffers;
using System.Globalization;
using System.Text;

namespace AuthService.Accounts;

/// <summary>
/// The normal form of e-mail addresses, of those that people have: a dot-atom, '@', and a domain of two or more labels (RFC 5321
/// §4.1.2). No quoted local parts, no comments, no address literals: nobody has such a mailbox, and parsers disagree about them.
/// </summary>
/// <remarks>
/// <para>
/// The local part is lower-cased too. RFC 5321 §2.4 leaves its case to the receiving host and asks hosts not to tell mailboxes
/// apart by it; none of note does. Accounts that differ in case only would be a trap for their owners and a gift to impostors.
/// Messages go to the normal form, never to what was typed: who finds another spelling that normalises alike gains nothing.
/// </para>
/// <para>Dots and <c>+tags</c> stay: what they mean is one provider's business.</para>
/// </remarks>
internal static class EmailAddress
{
    private const int MaxLocalOctets = 64; // RFC 5321 §4.5.3.1.1

    private static readonly SearchValues<char> AtomText =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"); // RFC 5322 §3.2.3, after lower-casing

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public static bool TryNormalise(string text, out string value)
    {
        value = "";
        // U+FFFE is no character, and .NET throws at the attempt to normalise it.
        if (text.Length > Contact.MaxLength || text.Contains('\uFFFE', StringComparison.Ordinal))
            return false;

        var at = text.LastIndexOf('@');
        if (at < 0 || !TryLocalPart(text[..at], out var local) || !TryDomain(text[(at + 1)..], out var domain))
            return false;

        value = $"{local}@{domain}";
        return Encoding.UTF8.GetByteCount(value) <= Contact.MaxLength;
    }

    private static bool TryLocalPart(string text, out string local)
    {
        local = Fold(text);
        return Encoding.UTF8.GetByteCount(local) is > 0 and <= MaxLocalOctets
            && local.Split('.').All(atom => atom.Length > 0 && atom.EnumerateRunes().All(IsAtomText));
    }

    private static bool TryDomain(string text, out string domain)
    {
        domain = Fold(text);
        var labels = domain.Split('.');
        if (labels.Length < 2 || labels.Any(label => label.Length == 0 || !label.EnumerateRunes().All(IsLabelText)))
            return false;

        try
        {
            // International domains in the form that the DNS knows (RFC 5890), so that both ways to write one are one.
            domain = Idn.GetAscii(domain);
            return !domain.Split('.')[^1].AsSpan().ContainsOnlyDigits();
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Fold(string text) => text.Normalize().ToLowerInvariant().Normalize();

    private static bool IsAtomText(Rune rune) => rune.IsAscii ? AtomText.Contains((char)rune.Value) : IsWordCharacter(rune);

    private static bool IsLabelText(Rune rune) =>
        rune.IsAscii ? rune.Value == '-' || Rune.IsLetterOrDigit(rune) : IsWordCharacter(rune);

    /// <summary>Of RFC 6531's characters those that can be seen: no spaces, no controls, nothing without a shape of its own.</summary>
    private static bool IsWordCharacter(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> label) => !label.ContainsAnyExceptInRange('0', '9');
}
