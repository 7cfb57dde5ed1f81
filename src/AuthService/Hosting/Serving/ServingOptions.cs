using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;

namespace AuthService.Hosting.Serving;

/// <summary>Where the service listens, and to whom. Section <c>Serving</c>.</summary>
public sealed class ServingOptions
{
    /// <summary>
    /// The address of both listeners: <c>127.0.0.1</c> (default), another one of this machine, <c>0.0.0.0</c> or <c>::</c>.
    /// Off loopback a certificate is required, or <see cref="AllowPlaintextFrom"/>.
    /// </summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>gRPC, HTTP/2 only. Default 5080; 0 takes any that is free; <c>AUTHSERVICE_GRPC_PORT</c> overrides it.</summary>
    [Range(0, 65535)]
    public int GrpcPort { get; set; } = 5080;

    /// <summary>Health, metrics, keys. Default 5081; 0 takes any that is free; <c>AUTHSERVICE_WEB_PORT</c> overrides it.</summary>
    [Range(0, 65535)]
    public int WebPort { get; set; } = 5081;

    /// <summary>
    /// PEM file with the server's certificate, followed by the rest of its chain; with it both listeners speak TLS 1.2 and 1.3
    /// only. Read once: a renewed certificate is taken up by a restart, which drains. Its hash counts among
    /// <c>Proofs:ServerCertificateSha256</c> without being listed there.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>PEM file with the certificate's private key, not encrypted, readable by the service alone.</summary>
    public string? CertificateKeyPath { get; set; }

    /// <summary>
    /// For a TLS proxy in front of this service: the networks (CIDR) that its connections come from. Anybody else but loopback is
    /// hung up on. Without it, plaintext off loopback does not start.
    /// </summary>
    public IList<string> AllowPlaintextFrom { get; set; } = [];

    /// <summary>The networks (CIDR) that may read <c>/metrics</c>, as the client's address and not the proxy's. Default: loopback.</summary>
    public IList<string> MetricsFrom { get; set; } = [];

    /// <summary>Connections held at once, of both ports together. Default 10,000; more are hung up on.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>
    /// Seconds between SIGTERM, when health turns to NOT_SERVING, and the closing of the listeners: as long as a load balancer
    /// needs to notice. Default 5; in Development 0.
    /// </summary>
    [Range(0, 600)]
    public int DrainSeconds { get; set; } = 5;

    /// <summary>Seconds that calls under way then get to finish. Default 20: with the drain, within Kubernetes' 30.</summary>
    [Range(1, 600)]
    public int FinishSeconds { get; set; } = 20;

    /// <summary>Drain and finish together. The host asks before anything is validated, so what does not parse counts as its default.</summary>
    internal static TimeSpan ShutdownTimeout(IConfiguration section)
    {
        var usual = new ServingOptions();
        return Seconds(nameof(DrainSeconds), usual.DrainSeconds) + Seconds(nameof(FinishSeconds), usual.FinishSeconds);

        TimeSpan Seconds(string name, int otherwise) =>
            TimeSpan.FromSeconds(int.TryParse(section[name], CultureInfo.InvariantCulture, out var set) ? set : otherwise);
    }

    internal bool IsTls => !string.IsNullOrWhiteSpace(CertificatePath);

    internal IPAddress ListenAddress => IPAddress.Parse(Address);

    /// <summary>Where this machine's own processes reach the listeners.</summary>
    internal IPAddress OwnAddress => ListenAddress switch
    {
        var any when any.Equals(IPAddress.Any) => IPAddress.Loopback,
        var any when any.Equals(IPAddress.IPv6Any) => IPAddress.IPv6Loopback,
        var address => address,
    };
}
