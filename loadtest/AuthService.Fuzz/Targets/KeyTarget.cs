using AuthService.Protocol.Proofs;

namespace AuthService.Fuzz.Targets;

/// <summary>Public keys as BindDevice brings them, and signatures in DER as SDKs convert them.</summary>
internal static class KeyTarget
{
    public static void Run(byte[] input)
    {
        if (DevicePublicKey.TryParse(input, out var key))
        {
            BrokenLawException.ThrowUnless(key.SubjectPublicKeyInfo.Span.SequenceEqual(input), "a key has one encoding");
            BrokenLawException.ThrowUnless(key.Thumbprint.Length == 43, "a thumbprint is a SHA-256");
        }

        if (ProofSignature.TryParseDer(input) is { } signature)
            BrokenLawException.ThrowUnless(signature.Bytes.Length == ProofLimits.Signature, "a signature is r and s");
        if (ProofSignature.TryParse(input) is { } raw)
            BrokenLawException.ThrowUnless(raw.Bytes.Span.SequenceEqual(input), "a raw signature stays as it is");
    }
}
