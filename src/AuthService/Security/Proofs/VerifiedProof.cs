using AuthService.Protocol.Proofs;
using AuthService.Storage.Rows;

namespace AuthService.Security.Proofs;

/// <summary>That the key of a bound device signed this very call.</summary>
/// <param name="Device">The device.</param>
/// <param name="WithChallenge">Whether it answered a challenge, which makes the call fresh.</param>
/// <param name="Relayed">Whether the challenge was issued to another network than it came back from: evidence of a relay.</param>
public sealed record VerifiedProof(DeviceRow Device, bool WithChallenge, bool Relayed);

/// <summary>A proof by a key that the request itself brings. All but its signature was checked.</summary>
/// <param name="Signature">To be verified with the key.</param>
/// <param name="Payload">What it must be over.</param>
public sealed record NewKeyProof(ProofSignature Signature, ProofPayload Payload)
{
    public bool IsBy(DevicePublicKey key) => Signature.IsBy(key, Payload);
}
