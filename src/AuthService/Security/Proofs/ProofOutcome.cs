using AuthService.Protocol.Proofs;

namespace AuthService.Security.Proofs;

/// <summary>What came of the proofs of a call: they do not parse, are rejected, or showed something.</summary>
internal readonly record struct ProofOutcome(ProofFault? Fault, string? Rejection, VerifiedProof? Proof, NewKeyProof? NewKey)
{
    public static ProofOutcome Malformed(ProofFault fault) => new(fault, null, null, null);

    public static ProofOutcome Rejected(string why) => new(null, why, null, null);

    public static ProofOutcome Accepted(VerifiedProof? proof, NewKeyProof? newKey) => new(null, null, proof, newKey);
}
