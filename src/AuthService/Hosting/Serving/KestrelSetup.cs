using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Serving;

/// <summary>The two listeners, and what a peer may ask of them before anybody knows who it is.</summary>
internal sealed class KestrelSetup(IOptions<ServingOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    // RFC 9113 appendix A: what HTTP/2 still takes of TLS 1.2. TLS 1.3 has nothing worse.
    private static readonly TlsCipherSuite[] Suites =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    public void Configure(KestrelServerOptions kestrel)
    {
        if (!TryRead(out var serving))
            return;
        kestrel.AddServerHeader = false;
        Bound(kestrel.Limits, serving);

        var certificate = serving.IsTls ? ServerCertificate.Load(serving) : null;
        Listen(kestrel, Listener.Grpc, serving.GrpcPort, HttpProtocols.Http2);
        Listen(kestrel, Listener.Web, serving.WebPort, certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2);

        void Listen(KestrelServerOptions server, Listener listener, int port, HttpProtocols protocols) =>
            server.Listen(serving.ListenAddress, port, listen =>
            {
                var plaintextFrom = certificate is null ? serving.AllowPlaintextFrom.Select(IPNetwork.Parse).ToList() : null;
                listen.Protocols = protocols;
                listen.Use(next => listener.Accept(next, plaintextFrom));
                if (certificate is not null)
                    listen.UseHttps(https => Secure(https, certificate));
            });
    }

    /// <summary>The server is made before anything is validated. Wrong settings do not start, so it needs no listeners then.</summary>
    private bool TryRead([NotNullWhen(true)] out ServingOptions? serving)
    {
        try
        {
            serving = options.Value;
            return true;
        }
        catch (Exception fault) when (fault is OptionsValidationException or InvalidOperationException)
        {
            serving = null;
            return false;
        }
    }

    private static void Bound(KestrelServerLimits limits, ServingOptions serving)
    {
        limits.MaxConcurrentConnections = serving.MaxConnections;
        limits.MaxRequestBodySize = 2 * ServingExtensions.MaxMessageBytes;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.Http2.MaxStreamsPerConnection = 256;
        limits.Http2.MaxRequestHeaderFieldSize = 8 * 1024;

        // A peer that is gone without a word is let go within a minute.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }

    [SuppressMessage("Security", "CA5398", Justification = "Nothing older, whatever the machine's own configuration allows.")]
    private static void Secure(HttpsConnectionAdapterOptions https, ServerCertificate certificate)
    {
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ServerCertificate = certificate.Leaf;
        https.ServerCertificateChain = certificate.Chain;
        https.HandshakeTimeout = TimeSpan.FromSeconds(5);
        https.OnAuthenticate = (_, tls) =>
        {
            tls.AllowRenegotiation = false;
            if (!OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
                tls.CipherSuitesPolicy = new CipherSuitesPolicy(Suites);
        };
    }
}
