namespace AuthService.Security.Passwords;

/// <summary>The blocklist (SP 800-63B-4 §3.1.1.2): passwords that many people use. Its sources and licence lie beside it.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<HashSet<string>> Passwords =
        new(() => new HashSet<string>(EmbeddedText.Lines("CommonPasswords.txt"), StringComparer.Ordinal));

    /// <summary>Whether the whole password is on the list, or is one of the list over and over. Case does not count.</summary>
    public static bool Contains(PasswordText password)
    {
        var folded = password.Value.ToLowerInvariant().Trim();
        return Passwords.Value.Contains(folded) || Passwords.Value.Contains(Period(folded));
    }

    /// <summary>The shortest text that gives this one when repeated: <c>dragon</c> for <c>dragondragondragon</c>.</summary>
    private static string Period(string text)
    {
        // The first place, after its start, where a text occurs in itself doubled.
        var period = (text + text).IndexOf(text, Math.Min(1, text.Length), StringComparison.Ordinal);
        return text[..period];
    }
}
