using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace AuthService.Audit.Merkle;

/// <summary>The public half of a key that signs notes: Ed25519, with a name (C2SP signed-note).</summary>
public sealed class NoteVerifier
{
    private const byte Ed25519 = 1;
    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;

    private readonly PublicKey _key;

    private NoteVerifier(string name, PublicKey key)
    {
        (Name, _key) = (name, key);
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. Typed()]));
    }

    /// <summary>Whose it is: a host's name, and perhaps a path, without a scheme.</summary>
    public string Name { get; }

    /// <summary>The first 4 bytes of SHA-256(name ‖ line feed ‖ 1 ‖ key): which of several keys of a name a signature is of. Proves nothing.</summary>
    public uint KeyId { get; }

    /// <param name="name">See <see cref="IsName"/>.</param>
    /// <param name="key">32 bytes.</param>
    public static NoteVerifier Create(string name, ReadOnlySpan<byte> key) => IsName(name) && PublicKey.TryImport(Algorithm, key, KeyBlobFormat.RawPublicKey, out var known)
        ? new NoteVerifier(name, known!)
        : throw new ArgumentException("No name, or no Ed25519 key.", nameof(name));

    /// <summary>Reads what <see cref="ToString"/> gives: <c>name+id+base64(1 ‖ key)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NoteVerifier? verifier)
    {
        verifier = null;
        if (text.Split('+', 3) is not [var name, _, var key] || !IsName(name))
            return false;

        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, bytes, out var length) || length == 0 || bytes[0] != Ed25519
            || !PublicKey.TryImport(Algorithm, bytes.AsSpan(1..length), KeyBlobFormat.RawPublicKey, out var known))
            return false;

        verifier = new NoteVerifier(name, known!);
        if (verifier.ToString() == text)
            return true;
        verifier = null;
        return false;
    }

    /// <summary>Not empty, without white space and plus signs.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.Contains('+', StringComparison.Ordinal) && !name.Any(char.IsWhiteSpace);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String(Typed())}");

    internal bool IsGood(string text, NoteSignature signature) => Algorithm.Verify(_key, Encoding.UTF8.GetBytes(text), signature.Bytes.Span);

    private byte[] Typed() => [Ed25519, .. _key.Export(KeyBlobFormat.RawPublicKey)];
}
