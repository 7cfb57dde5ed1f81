namespace AuthService.Protocol.Proofs;

/// <summary>Why a proof does not parse.</summary>
/// <param name="Field">A field of <c>DeviceProof</c>, or empty where the metadata holds no such message at all.</param>
/// <param name="Expected">What it should be: for <c>BadRequest.FieldViolation.description</c>.</param>
public sealed record ProofFault(string Field, string Expected);
