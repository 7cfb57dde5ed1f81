using System.ComponentModel.DataAnnotations;

namespace AuthService.Hosting.Serving;

/// <summary>Where the service listens, and how. Section <c>Serving</c>.</summary>
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
}
