using System.Diagnostics.CodeAnalysis;

namespace AuthService.Security.Passwords;

/// <summary>PHC's base64: the usual alphabet, no padding, and one text only for each value.</summary>
internal static class PhcBase64
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>False if it does not decode to <paramref name="size"/> bytes, or is not how those are written.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, int size, [NotNullWhen(true)] out byte[]? bytes)
    {
        Span<char> padded = stackalloc char[(size + 2) / 3 * 4];
        bytes = null;
        if (text.Length > padded.Length)
            return false;

        padded.Fill('=');
        text.CopyTo(padded);
        var decoded = new byte[size];
        if (!Convert.TryFromBase64Chars(padded, decoded, out var written) || written != size || !text.SequenceEqual(Encode(decoded)))
            return false;

        bytes = decoded;
        return true;
    }
}
