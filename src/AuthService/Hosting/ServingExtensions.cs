using AuthService.Hosting.Health;
using AuthService.Hosting.Serving;
using AuthService.Hosting.Telemetry;
using AuthService.Security.Proofs;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting;

/// <summary>Listeners, health, telemetry: what every deployable serves beside its own services.</summary>
public static class ServingExtensions
{
    /// <summary>The largest message taken. The largest that anybody needs is a batch of 256 access tokens.</summary>
    public const int MaxMessageBytes = 512 * 1024;

    /// <param name="builder">Of the application.</param>
    /// <param name="args">The command line, whose settings go before all others.</param>
    public static void AddServing(this WebApplicationBuilder builder, string[] args)
    {
        builder.AddBuiltInConfiguration(args);
        builder.AddTelemetry();
        builder.Services.AddServingOptions();
        builder.Services.AddServiceHealth();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MaxMessageBytes);
        if (builder.Environment.IsDevelopment())
            builder.Services.AddGrpcReflection();
    }

    /// <summary>To stand first: what follows may rely on the listener being the right one.</summary>
    public static void UseServing(this WebApplication app) => app.UseMiddleware<ListenerGuard>();

    public static void MapServing(this WebApplication app)
    {
        app.MapServiceHealth();
        app.MapMetrics();
        if (app.Environment.IsDevelopment())
            app.MapGrpcReflectionService();

        var contract = new Lazy<byte[]>(ServedContract.DescriptorSet);
        app.MapGet("/descriptors.binpb", () => TypedResults.Bytes(contract.Value, "application/octet-stream"));
    }

    private static void AddServingOptions(this IServiceCollection services)
    {
        services.AddOptions<DeploymentOptions>().BindConfiguration("Deployment").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeploymentOptions>, DeploymentOptionsCheck>();
        services.AddOptions<ServingOptions>().BindConfiguration("Serving").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServingOptions>, ServingOptionsCheck>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelSetup>();
        services.AddSingleton<IPostConfigureOptions<ProofOptions>, OwnCertificateProof>();
    }
}
