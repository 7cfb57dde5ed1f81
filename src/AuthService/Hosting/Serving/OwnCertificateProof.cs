using AuthService.Security.Proofs;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Serving;

/// <summary>Where this service itself ends TLS, a proof may name the certificate that it shows.</summary>
internal sealed class OwnCertificateProof(IOptions<ServingOptions> serving) : IPostConfigureOptions<ProofOptions>
{
    public void PostConfigure(string? name, ProofOptions options)
    {
        if (serving.Value.IsTls)
            options.ServerCertificateSha256.Add(ServerCertificate.Load(serving.Value).Sha256);
    }
}
