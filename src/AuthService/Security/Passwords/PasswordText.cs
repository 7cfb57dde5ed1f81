using System.Security.Cryptography;
using System.Text;

namespace AuthService.Security.Passwords;

/// <summary>
/// A password as it is measured and hashed: in form NFKC, so that it is the same from each keyboard (SP 800-63B-4 §3.1.1.2), whole,
/// and with each code point counted as one character.
/// </summary>
internal readonly record struct PasswordText
{
    /// <summary>
    /// UTF-16 units that are looked at: eight for each of 128 characters. What is longer is no password of ours, and is not worth
    /// normalising.
    /// </summary>
    public const int MostUnits = 1024;

    private PasswordText(string value) => Value = value;

    public string Value => field ?? "";

    /// <summary>Code points.</summary>
    public int Length => Value.EnumerateRunes().Count();

    /// <summary>False if it is longer than <see cref="MostUnits"/>, or holds half a surrogate pair and is no Unicode text.</summary>
    public static bool TryParse(Secret<string> password, out PasswordText text)
    {
        var whole = password.Value.Length <= MostUnits && IsUnicode(password.Value);
        text = whole ? new PasswordText(password.Value.Normalize(NormalizationForm.FormKC)) : default;
        return whole;
    }

    public static bool IsUnicode(ReadOnlySpan<char> text)
    {
        // U+FFFE is no character, and .NET throws at the attempt to normalise it.
        if (text.Contains('\uFFFE'))
            return false;

        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var units) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[units..];
        }

        return true;
    }

    /// <summary>HMAC-SHA-256 over the text's UTF-8 form. That form is overwritten before this returns.</summary>
    public byte[] Mac(Keys.Key pepper)
    {
        var utf8 = Encoding.UTF8.GetBytes(Value);
        try
        {
            return pepper.Mac(utf8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(utf8);
        }
    }

    public override string ToString() => "[secret]";
}
