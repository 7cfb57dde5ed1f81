using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AuthService.Security.Keys;

/// <summary>A bearer secret that was just made: its text for the holder, its hash for the store.</summary>
/// <param name="Text">Shown once.</param>
/// <param name="Hash">SHA-256 of the text, 32 bytes.</param>
public sealed record NewSecretToken(Secret<string> Text, byte[] Hash);

/// <summary>
/// Bearer secrets: a prefix that names their kind (secret scanners find leaked ones by it), an underscore, and 256 random bits in
/// base64url: 43 characters.
/// </summary>
/// <remarks>
/// The store keeps SHA-256, unsalted and fast. Slow or keyed hashes make up for guessable secrets; 256 random bits have nothing to
/// guess, and a plain hash can be looked up by index.
/// </remarks>
public static class SecretTokens
{
    private const int RandomBytes = 32;
    private const int RandomCharacters = 43;
    private static readonly SearchValues<char> PrefixCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    // Base64Url.IsValid would let white space pass.
    private static readonly SearchValues<char> RandomAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <param name="prefix">Lower-case letters, digits, underscores; for instance <c>as_device</c>.</param>
    public static NewSecretToken Create(string prefix)
    {
        if (prefix.Length == 0 || prefix.AsSpan().ContainsAnyExcept(PrefixCharacters))
            throw new ArgumentException("Not a token's prefix.", nameof(prefix));

        Span<byte> random = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(random);
        var text = $"{prefix}_{Base64Url.EncodeToString(random)}";
        CryptographicOperations.ZeroMemory(random);
        return new NewSecretToken(new Secret<string>(text), HashOf(text));
    }

    /// <summary>The hash to look a presented token up by. False if it has not the form of a token with this prefix.</summary>
    public static bool TryHash(string prefix, string? presented, [NotNullWhen(true)] out byte[]? hash)
    {
        hash = IsWellFormed(prefix, presented) ? HashOf(presented!) : null;
        return hash is not null;
    }

    private static bool IsWellFormed(string prefix, string? text)
    {
        if (text is null || text.Length != prefix.Length + 1 + RandomCharacters)
            return false;

        return text.StartsWith(prefix, StringComparison.Ordinal)
            && text[prefix.Length] == '_'
            && !text.AsSpan(prefix.Length + 1).ContainsAnyExcept(RandomAlphabet);
    }

    private static byte[] HashOf(string text)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        TokenHash.Write(text, hash);
        return hash;
    }
}
