using AuthService.Protocol.Proofs;
using AuthService.Storage.Rows;

namespace AuthService.Security.Proofs;

/// <summary>That the key of a bound device signed this very call.</summary>
/// <param name="Device">The device.</param>
/// <param name="WithChallenge">Whether it answered a challenge, rather than bearing the app's own time.</param>
/// <param name="Relayed">Whether the challenge was issued to another network than it came back from: evidence of a relay.</param>
public sealed record VerifiedProof(DeviceRow Device, bool WithChallenge, bool Relayed)
{
    /// <summary>How long the challenge took to come back, by the server's clock; null without one.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>Whether the key is past its probation: until then it proves which device calls, and entitles to nothing.</summary>
    public bool IsTrustedAt(DateTimeOffset now) => Device.TrustedFrom <= now;

    /// <summary>Whether it makes a call fresh (design §4). A relayed challenge does not: an app that only changed networks asks for another.</summary>
    public bool IsFreshFactorAt(DateTimeOffset now) => WithChallenge && !Relayed && IsTrustedAt(now);
}

/// <summary>A proof by a key that the request itself brings. All but its signature was checked.</summary>
/// <param name="Signature">To be verified with the key.</param>
/// <param name="Payload">What it must be over.</param>
/// <param name="Relayed">As of <see cref="VerifiedProof"/>.</param>
public sealed record NewKeyProof(ProofSignature Signature, ProofPayload Payload, bool Relayed)
{
    public bool IsBy(DevicePublicKey key) => Signature.IsBy(key, Payload);
}
