using System.Security.Cryptography;
using AuthService.Protocol.Proofs;

namespace AuthService.Client.Keys;

/// <summary>
/// A device key in this process' memory. Whoever reads the process or the file it came from has the key: the server counts
/// it as software (<c>swk</c>), never as attested.
/// </summary>
public sealed class SoftwareDeviceKey : IDeviceKey, IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _signing = new(); // ECDsa promises nothing about threads

    private SoftwareDeviceKey(ECDsa key)
    {
        if (!DevicePublicKey.TryParse(key.ExportSubjectPublicKeyInfo(), out var publicKey))
        {
            key.Dispose();
            throw new CryptographicException("A device key is on P-256 (named curve).");
        }

        _key = key;
        PublicKey = publicKey;
    }

    public DevicePublicKey PublicKey { get; }

    public static SoftwareDeviceKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>From <c>BEGIN PRIVATE KEY</c> (PKCS #8) or <c>BEGIN EC PRIVATE KEY</c> (RFC 5915).</summary>
    /// <exception cref="CryptographicException">Not such a key, or not on P-256.</exception>
    public static SoftwareDeviceKey FromPem(string pem) => Import(key => key.ImportFromPem(pem));

    /// <summary>From PKCS #8, DER.</summary>
    /// <exception cref="CryptographicException">Not such a key, or not on P-256.</exception>
    public static SoftwareDeviceKey FromPkcs8(ReadOnlySpan<byte> der)
    {
        var copy = der.ToArray();
        try
        {
            return Import(key => key.ImportPkcs8PrivateKey(copy, out _));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <summary>The private key itself, unencrypted, as PKCS #8 in PEM.</summary>
    public string ExportPem() => _key.ExportPkcs8PrivateKeyPem();

    public ValueTask<ProofSignature> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[] raw;
        lock (_signing)
            raw = _key.SignData(payload.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        return ValueTask.FromResult(ProofSignature.TryParse(raw)!);
    }

    public void Dispose() => _key.Dispose();

    private static SoftwareDeviceKey Import(Action<ECDsa> import)
    {
        var key = ECDsa.Create();
        try
        {
            import(key);
            key.SignData([], HashAlgorithmName.SHA256); // a public key alone would be imported too
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException("Not a private key for ECDSA.", problem);
        }

        return new SoftwareDeviceKey(key);
    }
}
