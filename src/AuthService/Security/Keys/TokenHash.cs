using System.Security.Cryptography;
using System.Text;

namespace AuthService.Security.Keys;

/// <summary>SHA-256 of tokens, for those that are asked about thousands of times a second.</summary>
/// <remarks>To set OpenSSL up for one hash takes longer than the hash of a token does. So each thread keeps what it set up.</remarks>
internal static class TokenHash
{
    private const int OnStack = 1024;

    [ThreadStatic]
    private static IncrementalHash? t_sha256;

    /// <param name="token">ASCII.</param>
    /// <param name="hash">32 bytes are written to.</param>
    public static void Write(ReadOnlySpan<char> token, Span<byte> hash)
    {
        Span<byte> bytes = token.Length <= OnStack ? stackalloc byte[OnStack] : new byte[token.Length];
        var length = Encoding.ASCII.GetBytes(token, bytes);
        var sha256 = t_sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData(bytes[..length]);
        sha256.GetHashAndReset(hash);
    }
}
