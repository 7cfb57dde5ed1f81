using AuthService.Protocol.Proofs;

namespace AuthService.Security.Proofs;

/// <summary>What came of the proofs of a call: a rejection, or what they showed.</summary>
internal readonly record struct ProofOutcome(string? Rejection, string Field, VerifiedProof? Proof, NewKeyProof? NewKey)
{
    public static ProofOutcome Rejected(string why) => new(why, "", null, null);

    public static ProofOutcome Malformed(ProofFault fault) => new($"{fault.Field}: {fault.Expected}", fault.Field, null, null);

    public static ProofOutcome Accepted(VerifiedProof? proof, NewKeyProof? newKey) => new(null, "", proof, newKey);
}
