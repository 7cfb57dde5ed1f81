using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AuthService.Hosting;

/// <summary>Ports, limits of the transport, and what every deployable serves beside its own services.</summary>
public static class ServingExtensions
{
    /// <summary>The largest message taken. The largest that anybody needs is a batch of 256 access tokens.</summary>
    public const int MaxMessageBytes = 512 * 1024;

    public static void AddServing(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DeploymentOptions>().BindConfiguration("Deployment").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MaxMessageBytes);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 256;
            kestrel.Listen(IPAddress.Loopback, 5080, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 5081, listen => listen.Protocols = HttpProtocols.Http1);
        });
    }

    public static void MapServing(this WebApplication app)
    {
    }
}
