using AuthService.Protocol.Proofs;

namespace AuthService.Client.Keys;

/// <summary>
/// A P-256 key that stays where it is. Implement it over the platform's secure element: Android Keystore, the Secure Enclave,
/// a TPM. <see cref="SoftwareDeviceKey"/> is for machines that have none.
/// </summary>
/// <remarks>Implementations are safe to use from several threads at once.</remarks>
public interface IDeviceKey
{
    DevicePublicKey PublicKey { get; }

    /// <summary>
    /// Signs with ECDSA and SHA-256; the hashing is part of it. Key stores answer in DER:
    /// <see cref="ProofSignature.TryParseDer"/> converts it.
    /// </summary>
    /// <param name="payload">The bytes to sign, not their hash.</param>
    /// <param name="cancellationToken">Some key stores ask the person first, who may take a while.</param>
    ValueTask<ProofSignature> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
