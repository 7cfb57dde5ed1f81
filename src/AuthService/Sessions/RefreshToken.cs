using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthService.Security.Keys;
using AuthService.Storage.Ids;

namespace AuthService.Sessions;

/// <summary>A refresh token that this service made, as its text says.</summary>
/// <param name="Text">What its holder has. A secret.</param>
/// <param name="Account">Whose session.</param>
/// <param name="Session">Which session.</param>
/// <param name="Generation">Which in the family, from 0.</param>
internal sealed record RefreshToken(string Text, AccountId Account, SessionId Session, int Generation)
{
    /// <summary>SHA-256 of the text: what the store keeps. 256 random bits need no slow hash.</summary>
    public byte[] Hash { get; } = SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    public override string ToString() => $"Refresh token {Generation} of {Session}";
}

/// <summary>Makes refresh tokens, and recognises them without a look at the database.</summary>
/// <remarks>
/// <code>
/// "rt_" base64url( version 1 ‖ key id (8) ‖ account (33) ‖ session (33) ‖ generation (4, big-endian)
///                  ‖ random (32) ‖ HMAC-SHA-256 (32) over the label and all before )
/// </code>
/// The MAC tells a token that was once issued from one that never was. An old one is thus recognised although only two hashes are
/// kept, and a forged one costs no read and changes nothing. What makes a token good is its hash in the row, not its MAC: who
/// stole the MAC's key could not refresh a session with it.
/// </remarks>
internal sealed class RefreshTokens(Keyring keyring)
{
    private const string Prefix = "rt_";
    private const byte Version = 1;
    private const int IdLength = 33;
    private const int KeyIdAt = 1, AccountAt = KeyIdAt + KeyId.Length, SessionAt = AccountAt + IdLength;
    private const int GenerationAt = SessionAt + IdLength;
    private const int RandomAt = GenerationAt + sizeof(int), MacAt = RandomAt + 32, Length = MacAt + HMACSHA256.HashSizeInBytes;

    private static readonly int TextLength = Prefix.Length + Base64Url.GetEncodedLength(Length);

    public RefreshToken Create(AccountId account, SessionId session, int generation)
    {
        var key = keyring.Current(KeyUse.Refresh);
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        Encoding.ASCII.GetBytes(key.Id.Value, bytes[KeyIdAt..]);
        Encoding.ASCII.GetBytes(account.Value, bytes[AccountAt..]);
        Encoding.ASCII.GetBytes(session.Value, bytes[SessionAt..]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[GenerationAt..], generation);
        RandomNumberGenerator.Fill(bytes[RandomAt..MacAt]);
        key.Mac(Covered(bytes[..MacAt]), bytes[MacAt..]);
        return new RefreshToken(Prefix + Base64Url.EncodeToString(bytes), account, session, generation);
    }

    /// <summary>The token that this text is; null if this service never made it, or made it under a key it no longer has.</summary>
    public RefreshToken? Recognise(string text)
    {
        // 1. its form
        if (text.Length != TextLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        Span<byte> bytes = stackalloc byte[Length];
        if (!Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length), bytes, out var written) || written != Length || bytes[0] != Version)
            return null;

        // 2. its MAC
        if (!KeyId.TryParse(Encoding.ASCII.GetString(bytes[KeyIdAt..AccountAt]), out var keyId)
            || !keyring.TryGet(KeyUse.Refresh, keyId, out var key)
            || !key.IsMac(Covered(bytes[..MacAt]), bytes[MacAt..]))
            return null;

        // 3. what it says: ours, so it parses
        return new RefreshToken(
            text,
            AccountId.Parse(Encoding.ASCII.GetString(bytes[AccountAt..SessionAt])),
            SessionId.Parse(Encoding.ASCII.GetString(bytes[SessionAt..GenerationAt])),
            BinaryPrimitives.ReadInt32BigEndian(bytes[GenerationAt..]));
    }

    private static byte[] Covered(ReadOnlySpan<byte> content) => [.. "authservice/refresh/1"u8, .. content];
}
