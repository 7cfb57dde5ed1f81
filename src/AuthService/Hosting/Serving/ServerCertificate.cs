using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthService.Hosting.Serving;

/// <summary>The certificate that clients see, with its private key and the rest of its chain.</summary>
internal sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain)
{
    /// <summary>As proofs name it: the hash of the DER form (RFC 5929, <c>tls-server-end-point</c>).</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Leaf.RawData));

    public DateTimeOffset ExpiresAt => new(Leaf.NotAfter);

    [SuppressMessage("Reliability", "CA2000", Justification = "Certificates live as long as the process.")]
    public static bool TryLoad(
        ServingOptions options, [NotNullWhen(true)] out ServerCertificate? certificate, [NotNullWhen(false)] out string? problem)
    {
        (certificate, problem) = (null, null);
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(options.CertificatePath!);
            certificate = new ServerCertificate(
                X509Certificate2.CreateFromPemFile(options.CertificatePath!, options.CertificateKeyPath), chain);
            return true;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            problem = $"Serving:CertificatePath, Serving:CertificateKeyPath: {fault.Message}";
            return false;
        }
    }

    public static ServerCertificate Load(ServingOptions options) =>
        TryLoad(options, out var certificate, out var problem) ? certificate : throw new InvalidOperationException(problem);
}
