using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AuthService.Hosting.Network;
using AuthService.Security.Keys;
using AuthService.V1;

namespace AuthService.Security.Proofs;

/// <summary>Nonces to sign, valid for 2 minutes. Stateless until redeemed: all that is known of one is in it, under a MAC.</summary>
/// <remarks>
/// <code>
/// version 1 ‖ purpose ‖ key id (8) ‖ issued at, ms since 1970 (8) ‖ network (16) ‖ random (16) ‖ HMAC-SHA-256 (32)
/// </code>
/// The network is that of <see cref="ClientNetwork.Prefix"/>, as a MAC of its own, so that a challenge does not tell it.
/// </remarks>
public sealed class Challenges(Keyring keyring, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private const byte Version = 1;
    private const int KeyIdAt = 2, IssuedAt = 10, NetworkAt = 18, RandomAt = 34, MacAt = 50, Length = 82;

    public (byte[] Challenge, DateTimeOffset ExpiresAt) Create(ChallengePurpose purpose, ClientNetwork network)
    {
        var now = clock.GetUtcNow();
        var key = keyring.Current(KeyUse.Challenge);
        var challenge = new byte[Length];
        challenge[0] = Version;
        challenge[1] = (byte)purpose;
        Encoding.ASCII.GetBytes(key.Id.Value).CopyTo(challenge.AsSpan(KeyIdAt));
        BinaryPrimitives.WriteInt64BigEndian(challenge.AsSpan(IssuedAt), now.ToUnixTimeMilliseconds());
        NetworkTag(key, network).CopyTo(challenge.AsSpan(NetworkAt));
        RandomNumberGenerator.Fill(challenge.AsSpan(RandomAt, MacAt - RandomAt));
        key.Mac(challenge.AsSpan(0, MacAt), challenge.AsSpan(MacAt));
        return (challenge, now + Lifetime);
    }

    /// <summary>Whether we issued it for this purpose and it is in time; not yet whether it was redeemed before.</summary>
    internal bool TryVerify(ReadOnlySpan<byte> challenge, ChallengePurpose purpose, ClientNetwork network, out ReturnedChallenge returned)
    {
        returned = default;
        if (challenge.Length != Length || challenge[0] != Version || challenge[1] != (byte)purpose)
            return false;

        if (!KeyId.TryParse(Encoding.ASCII.GetString(challenge[KeyIdAt..IssuedAt]), out var keyId)
            || !keyring.TryGet(KeyUse.Challenge, keyId, out var key)
            || !key.IsMac(challenge[..MacAt], challenge[MacAt..]))
            return false;

        var issuedAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(challenge[IssuedAt..]));
        var relayed = !CryptographicOperations.FixedTimeEquals(challenge[NetworkAt..RandomAt], NetworkTag(key, network));

        // Another replica may have issued it, by a clock that is a little ahead: nothing comes back before it left.
        var age = clock.GetUtcNow() - issuedAt;
        returned = new ReturnedChallenge(issuedAt + Lifetime, age < TimeSpan.Zero ? TimeSpan.Zero : age, relayed);
        return age < Lifetime;
    }

    private static byte[] NetworkTag(Key key, ClientNetwork network) =>
        key.Mac(Transcript.Of("authservice/challenge-network/1", network.Prefix))[..(RandomAt - NetworkAt)];
}
