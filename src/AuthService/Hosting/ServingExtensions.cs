using System.Net;
using AuthService.Hosting.Serving;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting;

/// <summary>Ports, limits of the transport, and what every deployable serves beside its own services.</summary>
public static class ServingExtensions
{
    /// <summary>The largest message taken. The largest that anybody needs is a batch of 256 access tokens.</summary>
    public const int MaxMessageBytes = 512 * 1024;

    public static void AddServing(this WebApplicationBuilder builder, string[] args)
    {
        builder.AddDevelopmentDefaults();
        builder.AddShortVariables(args);
        builder.Services.AddOptions<DeploymentOptions>().BindConfiguration("Deployment").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ServingOptions>().BindConfiguration("Serving").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MaxMessageBytes);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var serving = kestrel.ApplicationServices.GetRequiredService<IOptions<ServingOptions>>().Value;
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 256;
            kestrel.Listen(IPAddress.Parse(serving.Address), serving.GrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Parse(serving.Address), serving.WebPort, listen => listen.Protocols = HttpProtocols.Http1);
        });
    }

    public static void MapServing(this WebApplication app)
    {
    }
}
