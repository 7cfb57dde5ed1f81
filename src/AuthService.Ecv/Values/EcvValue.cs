using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthService.Ecv.Tokens;

namespace AuthService.Ecv.Values;

/// <summary>The text form <c>ecv1.…</c> of an environment.</summary>
/// <remarks>
/// After the prefix, base64url without padding (RFC 4648 §5) of:
/// <code>
/// u8 version = 1 │ u8 length, key id │ 16 account binding │ characteristics, see ValueBody │ 32 MAC
/// </code>
/// The MAC is HMAC-SHA-256(MAC key, "authservice/ecv/value/1" ‖ all before it). Everything has one order and one spelling, so
/// that under one key equal values mean equal environments.
/// </remarks>
public static class EcvValue
{
    public const string Prefix = "ecv1.";

    /// <summary>No value is longer, in characters.</summary>
    public static readonly int MaxLength = Prefix.Length + Base64Url.GetEncodedLength(MaxBodyBytes + MacSize);

    private const byte Version = 1;
    private const int MaxKeyIdLength = 32;
    private const int DomainSize = 23;
    private const int MacSize = HMACSHA256.HashSizeInBytes;
    private const int MinBytes = 1 + 1 + 1 + Token.Size + 1 + MacSize;
    private const int MaxBodyBytes = 1 + 1 + MaxKeyIdLength + Token.Size + ValueBody.MaxBytes;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static ReadOnlySpan<byte> Domain => "authservice/ecv/value/1"u8;

    /// <param name="environment">What to encode.</param>
    /// <param name="account">The account that it belongs to.</param>
    /// <param name="keyId">1 to 32 characters of A–Z, a–z, 0–9, '-', '_'.</param>
    /// <param name="macKey">At least 32 bytes.</param>
    public static string Encode(TokenizedEnvironment environment, AccountBinding account, string keyId, ReadOnlySpan<byte> macKey)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(macKey.Length, MacSize, nameof(macKey));
        if (!IsKeyId(keyId))
            throw new ArgumentException("Not a key id: 1 to 32 of A–Z, a–z, 0–9, '-', '_'.", nameof(keyId));

        Span<byte> buffer = stackalloc byte[DomainSize + MaxBodyBytes + MacSize];
        var bytes = buffer[DomainSize..];
        bytes[0] = Version;
        bytes[1] = (byte)Encoding.ASCII.GetBytes(keyId, bytes[2..]);
        var length = 2 + keyId.Length;
        account.Token.Write(bytes[length..]);
        length += Token.Size;
        length += ValueBody.Write(environment, bytes[length..]);
        Sign(macKey, buffer[..(DomainSize + length)], bytes[length..]);
        return Encode(bytes[..(length + MacSize)]);
    }

    /// <param name="text">What a caller handed in: any text.</param>
    /// <param name="account">The account that it must belong to.</param>
    /// <param name="macKeyOf">The MAC key of a key id, or null if there is none.</param>
    /// <param name="environment">What it says, if it is genuine; else empty.</param>
    /// <param name="rejection">Why it is refused.</param>
    public static bool TryDecode(
        string text, AccountBinding account, Func<string, byte[]?> macKeyOf, out TokenizedEnvironment environment, out EcvRejection rejection)
    {
        environment = TokenizedEnvironment.Empty;
        rejection = Decode(text, account, macKeyOf, ref environment);
        return rejection == EcvRejection.None;
    }

    private static EcvRejection Decode(
        string text, AccountBinding account, Func<string, byte[]?> macKeyOf, ref TokenizedEnvironment environment)
    {
        // 1. The frame.
        Span<byte> buffer = stackalloc byte[DomainSize + MaxBodyBytes + MacSize];
        if (!TryDecodeText(text, buffer[DomainSize..], out var length))
            return EcvRejection.Malformed;
        ReadOnlySpan<byte> bytes = buffer.Slice(DomainSize, length);
        var keyIdEnd = 2 + bytes[1];
        if (bytes[0] != Version || bytes.Length < keyIdEnd + Token.Size + 1 + MacSize)
            return EcvRejection.Malformed;
        var keyId = Encoding.ASCII.GetString(bytes[2..keyIdEnd]);
        if (!IsKeyId(keyId))
            return EcvRejection.Malformed;

        // 2. The MAC, before anything it covers is believed.
        if (macKeyOf(keyId) is not { } macKey)
            return EcvRejection.UnknownKey;
        var signed = bytes[..^MacSize];
        Span<byte> mac = stackalloc byte[MacSize];
        Sign(macKey, buffer[..(DomainSize + signed.Length)], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[^MacSize..]))
            return EcvRejection.Tampered;

        // 3. Whose it is.
        if (Token.Read(signed[keyIdEnd..]) != account.Token)
            return EcvRejection.OtherAccount;

        // 4. What it says.
        if (!ValueBody.TryRead(signed[(keyIdEnd + Token.Size)..], out var body))
            return EcvRejection.Malformed;
        environment = body;
        return EcvRejection.None;
    }

    /// <summary>One text, one value: no padding, no white space, and the unused bits of the last character are zero.</summary>
    private static bool TryDecodeText(string? text, Span<byte> bytes, out int length)
    {
        length = 0;
        if (text is null || text.Length > MaxLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        // The decoder refuses unused bits that are set, but would skip white space and padding.
        var encoded = text.AsSpan(Prefix.Length);
        return !encoded.ContainsAnyExcept(Alphabet)
            && Base64Url.DecodeFromChars(encoded, bytes, out _, out length) == OperationStatus.Done
            && length >= MinBytes;
    }

    private static bool IsKeyId(string keyId) =>
        keyId.Length is > 0 and <= MaxKeyIdLength && keyId.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    /// <param name="macKey">The key.</param>
    /// <param name="message">Room for the domain, and what is signed.</param>
    /// <param name="mac">Takes the MAC.</param>
    private static void Sign(ReadOnlySpan<byte> macKey, Span<byte> message, Span<byte> mac)
    {
        Domain.CopyTo(message);
        HMACSHA256.HashData(macKey, message, mac);
    }

    private static string Encode(ReadOnlySpan<byte> bytes) =>
        string.Create(Prefix.Length + Base64Url.GetEncodedLength(bytes.Length), bytes, static (text, bytes) =>
        {
            Prefix.CopyTo(text);
            Base64Url.EncodeToChars(bytes, text[Prefix.Length..]);
        });
}
