using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthService.Hosting.Serving;

/// <summary>The certificate that clients see, with its private key and the rest of its chain.</summary>
internal sealed class ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection chain) : IDisposable
{
    public X509Certificate2 Leaf { get; } = leaf;

    public X509Certificate2Collection Chain { get; } = chain;

    /// <summary>As proofs name it: the hash of the DER form (RFC 5929, <c>tls-server-end-point</c>).</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Leaf.RawData));

    public static bool TryLoad(
        ServingOptions options, [NotNullWhen(true)] out ServerCertificate? certificate, [NotNullWhen(false)] out string? problem)
    {
        certificate = null;
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(options.CertificatePath!);
            certificate = new ServerCertificate(
                X509Certificate2.CreateFromPemFile(options.CertificatePath!, options.CertificateKeyPath), chain);
            problem = null;
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

    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var link in Chain)
            link.Dispose();
    }
}
