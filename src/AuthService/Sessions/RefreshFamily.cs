using System.Security.Cryptography;
using System.Text;
using AuthService.Security.Keys;
using AuthService.Storage.Rows;

namespace AuthService.Sessions;

/// <summary>What the arrival of a refresh token means to its session.</summary>
internal enum RefreshMove
{
    /// <summary>It was never exchanged, or is the successor that was handed out: it becomes current, and gets a successor.</summary>
    Exchange = 1,

    /// <summary>It is current and was exchanged before, its answer perhaps lost: the same successor again.</summary>
    Repeat,

    /// <summary>The same, but longer ago than a lost answer explains.</summary>
    Late,

    /// <summary>It was replaced with the whole session's tokens, see <see cref="SessionIssuer.RenewAsync"/>.</summary>
    Replaced,

    /// <summary>Its successor was used already: two parties have tokens of this family.</summary>
    Reuse,

    /// <summary>Made by this service, but not known to the row: its database was set back to an earlier day.</summary>
    Foreign,
}

/// <summary>The refresh tokens of one session: what may follow what. Pure; drawn in README.md.</summary>
internal static class RefreshFamily
{
    /// <summary>How long a token may be presented again where no key proves that the same device does.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private const int KeySize = 32;

    /// <param name="proven">Whether the session's device key proved possession in this call.</param>
    public static RefreshMove Judge(SessionRow session, RefreshToken presented, bool proven, DateTimeOffset now)
    {
        if (presented.Generation < session.TokensFrom)
            return RefreshMove.Replaced;
        if (presented.Generation < session.Generation)
            return RefreshMove.Reuse;

        if (presented.Generation == session.Generation && IsHash(session.CurrentHash, presented))
        {
            if (session.NextHash is null)
                return RefreshMove.Exchange;
            return proven || now <= session.ExchangedAt + Grace ? RefreshMove.Repeat : RefreshMove.Late;
        }

        return presented.Generation == session.Generation + 1 && session.NextHash is { } next && IsHash(next, presented)
            ? RefreshMove.Exchange
            : RefreshMove.Foreign;
    }

    /// <summary>Makes the presented token current, and keeps its successor so that only the presented token can read it.</summary>
    public static void Exchange(SessionRow session, RefreshToken presented, RefreshToken successor, DateTimeOffset now)
    {
        session.Generation = presented.Generation;
        session.CurrentHash = presented.Hash;
        session.NextHash = successor.Hash;
        session.NextSealed = Aead.Seal(KeyFrom(presented), Context(presented), Encoding.ASCII.GetBytes(successor.Text));
        session.ExchangedAt = now;
    }

    /// <summary>The text of the successor that was kept.</summary>
    public static string Successor(SessionRow session, RefreshToken presented) =>
        Aead.TryOpen(KeyFrom(presented), Context(presented), session.NextSealed, out var text)
            ? Encoding.ASCII.GetString(text)
            : throw new CryptographicException($"The successor kept for {presented} does not open.");

    private static bool IsHash(byte[] kept, RefreshToken presented) => CryptographicOperations.FixedTimeEquals(kept, presented.Hash);

    /// <summary>HKDF (RFC 5869) of the token's text, of which 256 bits are random: it needs no salt.</summary>
    private static byte[] KeyFrom(RefreshToken token) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(token.Text), KeySize, info: [.. "authservice/refresh-successor/1"u8]);

    private static byte[] Context(RefreshToken token) =>
        Transcript.Of("authservice/refresh-successor/1", token.Session.Value);
}
