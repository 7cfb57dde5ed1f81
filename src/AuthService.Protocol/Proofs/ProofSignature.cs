using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace AuthService.Protocol.Proofs;

/// <summary>
/// An ECDSA signature as proofs carry it: r ‖ s, 64 bytes (IEEE P1363). DER, which is 70 to 72 bytes with such a key, is
/// refused by its length; apps on Android Keystore and iOS SecKey convert it with <see cref="TryParseDer"/>.
/// </summary>
/// <remarks>
/// (r, n − s) verifies wherever (r, s) does, and both are taken: secure elements do not normalise s. So a signature names
/// nothing: what makes a proof usable once is its challenge or jti, never its signature.
/// </remarks>
public sealed class ProofSignature
{
    private const int Half = ProofLimits.Signature / 2;
    private readonly byte[] _bytes;

    private ProofSignature(byte[] bytes) => _bytes = bytes;

    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Takes 64 bytes of r ‖ s. Whether they mean anything shows when they are verified.</summary>
    public static ProofSignature? TryParse(ReadOnlySpan<byte> raw) =>
        raw.Length == ProofLimits.Signature ? new ProofSignature(raw.ToArray()) : null;

    /// <summary>Takes the DER that platform key stores give: SEQUENCE { INTEGER r, INTEGER s } (RFC 3279 §2.2.3).</summary>
    public static ProofSignature? TryParseDer(ReadOnlySpan<byte> der)
    {
        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var pair = outer.ReadSequence();
            var (r, s) = (pair.ReadInteger(), pair.ReadInteger());
            pair.ThrowIfNotEmpty();
            outer.ThrowIfNotEmpty();

            var raw = new byte[ProofLimits.Signature];
            return Write(r, raw.AsSpan(0, Half)) && Write(s, raw.AsSpan(Half)) ? new ProofSignature(raw) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Whether this key signed this payload: ECDSA P-256 with SHA-256.</summary>
    public bool IsBy(DevicePublicKey key, ProofPayload payload)
    {
        using var algorithm = key.OpenForVerification();
        return algorithm.VerifyData(
            payload.ToBytes(), _bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool Write(BigInteger number, Span<byte> destination)
    {
        if (number.Sign < 0 || number.GetByteCount(isUnsigned: true) > destination.Length)
            return false;

        var start = destination.Length - number.GetByteCount(isUnsigned: true);
        return number.TryWriteBytes(destination[start..], out _, isUnsigned: true, isBigEndian: true);
    }
}
