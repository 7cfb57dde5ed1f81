using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AuthService.Security.Keys;

/// <summary>AES-256-GCM with a random nonce, in the one format that everything sealed has here.</summary>
/// <remarks>
/// <code>
/// ┌─────────┬──────────────┬────────────────────────┬──────────────┐
/// │ 1       │ nonce        │ ciphertext             │ tag          │
/// │ version │ 12 bytes     │ as long as the content │ 16 bytes     │
/// └─────────┴──────────────┴────────────────────────┴──────────────┘
/// </code>
/// The version is part of the associated data. Random nonces are good for 2³² seals a key (SP 800-38D §8.3): an account's data
/// key seals some fields; a key-encryption key wraps one row an account, so it is due for rotation after four billion of them.
/// </remarks>
internal static class Aead
{
    public const int Overhead = 1 + NonceSize + TagSize;

    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> content)
    {
        var box = new byte[Overhead + content.Length];
        box[0] = Version;
        var nonce = box.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, content, box.AsSpan(1 + NonceSize, content.Length), box.AsSpan(^TagSize..), [Version, .. associated]);
        return box;
    }

    public static bool TryOpen(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> box, [NotNullWhen(true)] out byte[]? content)
    {
        content = null;
        if (box.Length < Overhead || box[0] != Version)
            return false;

        var opened = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(box.Slice(1, NonceSize), box[(1 + NonceSize)..^TagSize], box[^TagSize..], opened, [Version, .. associated]);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        content = opened;
        return true;
    }
}
