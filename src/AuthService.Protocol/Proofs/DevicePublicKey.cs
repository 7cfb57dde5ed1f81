using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AuthService.Protocol.Proofs;

/// <summary>
/// A device's public key: a point on P-256 that was checked to lie on the curve. The cofactor is 1, so no more is needed
/// (NIST SP 800-56A r3 §5.6.2.3.3).
/// </summary>
/// <remarks>
/// Only the one DER encoding with a named curve and an uncompressed point is taken, 91 bytes: one key then has one
/// encoding, and a thumbprint stands for both.
/// </remarks>
public sealed class DevicePublicKey : IEquatable<DevicePublicKey>
{
    private const int Coordinate = 32;
    private readonly byte[] _spki;

    private DevicePublicKey(byte[] spki)
    {
        _spki = spki;
        Thumbprint = ThumbprintOf(X, Y);
    }

    /// <summary>SubjectPublicKeyInfo, DER (RFC 5480).</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _spki;

    /// <summary>RFC 7638, SHA-256, base64url: 43 characters. What <c>cnf.jkt</c> says of a session that is bound to this key.</summary>
    public string Thumbprint { get; }

    // SEQUENCE { SEQUENCE { OID ecPublicKey, OID prime256v1 }, BIT STRING 04 ‖ x ‖ y }, up to x.
    private static ReadOnlySpan<byte> Prefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
        0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    private ReadOnlySpan<byte> X => _spki.AsSpan(Prefix.Length, Coordinate);

    private ReadOnlySpan<byte> Y => _spki.AsSpan(Prefix.Length + Coordinate, Coordinate);

    public static bool TryParse(ReadOnlySpan<byte> subjectPublicKeyInfo, [NotNullWhen(true)] out DevicePublicKey? key)
    {
        key = null;
        if (subjectPublicKeyInfo.Length != Prefix.Length + 2 * Coordinate || !subjectPublicKeyInfo.StartsWith(Prefix))
            return false;

        var candidate = new DevicePublicKey(subjectPublicKeyInfo.ToArray());
        try
        {
            // The import refuses coordinates outside the field and points off the curve; a test holds it to that.
            candidate.OpenForVerification().Dispose();
        }
        catch (CryptographicException)
        {
            return false;
        }

        key = candidate;
        return true;
    }

    public bool Equals(DevicePublicKey? other) => other is not null && _spki.AsSpan().SequenceEqual(other._spki);

    public override bool Equals(object? obj) => Equals(obj as DevicePublicKey);

    public override int GetHashCode() => Thumbprint.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Thumbprint;

    internal ECDsa OpenForVerification() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = X.ToArray(), Y = Y.ToArray() },
    });

    // RFC 7638 §3.2: the members a JWK of this kind must have, in the order of their names, without white space.
    private static string ThumbprintOf(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.ASCII.GetBytes(
            $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(x)}}","y":"{{Base64Url.EncodeToString(y)}}"}""")));
}
