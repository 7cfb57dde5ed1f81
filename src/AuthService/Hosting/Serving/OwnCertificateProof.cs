using AuthService.Security.Proofs;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Serving;

/// <summary>Where this service itself ends TLS, a proof may name the certificate that it shows.</summary>
internal sealed class OwnCertificateProof(IOptions<ServingOptions> serving) : IPostConfigureOptions<ProofOptions>
{
    public void PostConfigure(string? name, ProofOptions options)
    {
        if (!serving.Value.IsTls)
            return;
        using var certificate = ServerCertificate.Load(serving.Value);
        options.ServerCertificateSha256.Add(certificate.Sha256);
    }
}
