using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthService.Hosting.Serving;
using AuthService.Hosting.Starting;
using AuthService.Security.Proofs;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthService.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("authservice-tls-");
    private readonly X509Certificate2 _certificate;

    public TlsTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=auth.example", key, HashAlgorithmName.SHA256);
        _certificate = request.CreateSelfSigned(
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(Path.Combine(_folder.FullName, "tls.crt"), _certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "tls.key"), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task gRPC_is_served_over_TLS_with_the_configured_certificate()
    {
        await using var service = await TestService.StartAsync(Settings);
        using var channel = GrpcChannel.ForAddress(service.Address, new GrpcChannelOptions { HttpHandler = Trusting(_certificate) });

        var health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());

        service.Address.ShouldStartWith("https://");
        health.Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
    }

    [Fact]
    public async Task The_probe_knows_the_service_by_its_certificate()
    {
        await using var service = await TestService.StartAsync(Settings);
        var serving = new ServingOptions
        {
            GrpcPort = new Uri(service.Address).Port,
            CertificatePath = Settings["Serving:CertificatePath"],
            CertificateKeyPath = Settings["Serving:CertificateKeyPath"],
        };

        var answer = await Probe.AskAsync(serving);

        answer.ShouldBe((true, "Serving"));
    }

    [Fact]
    public async Task Proofs_may_name_the_own_certificate_without_configuration()
    {
        await using var service = await TestService.StartAsync(Settings);

        var hashes = service.Services.GetRequiredService<IOptions<ProofOptions>>().Value.ServerCertificateSha256;

        hashes.ShouldBe([Convert.ToHexStringLower(SHA256.HashData(_certificate.RawData))]);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Suites_that_HTTP2_forbids_are_not_negotiated()
    {
        await using var service = await TestService.StartAsync(Settings);
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync("127.0.0.1", new Uri(service.Address).Port);
        await using var tls = new SslStream(connection.GetStream());

        var attempt = () => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "auth.example",
            EnabledSslProtocols = SslProtocols.Tls12,
            CipherSuitesPolicy = new CipherSuitesPolicy([TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256]),
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });

        await attempt.ShouldThrowAsync<AuthenticationException>();
    }

    private Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Serving:CertificatePath"] = Path.Combine(_folder.FullName, "tls.crt"),
        ["Serving:CertificateKeyPath"] = Path.Combine(_folder.FullName, "tls.key"),
    };

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate) => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().SequenceEqual(certificate.RawData) },
    };
}
