using AuthService.Hosting.Serving;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthService.Hosting.Health;

internal static class HealthExtensions
{
    public static IServiceCollection AddServiceHealth(this IServiceCollection services)
    {
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.AddOptions<HostOptions>().Configure<IConfiguration>((host, configuration) =>
            host.ShutdownTimeout = ServingOptions.ShutdownTimeout(configuration.GetSection("Serving")));

        services.AddHealthChecks()
            .AddCheck<StoreHealth>("store")
            .AddCheck<Draining>("draining");

        // Every service by its own name, and all of them by the empty one. They live and die together: they share their store.
        services.AddGrpcHealthChecks(health =>
        {
            health.Services.Clear();
            health.Services.Map("", _ => true);
            foreach (var service in ServedContract.Services)
                health.Services.Map(service.FullName, _ => true);
        });

        // For who watches; who asks is answered anew.
        services.Configure<HealthCheckPublisherOptions>(publisher =>
            (publisher.Delay, publisher.Period) = (TimeSpan.Zero, TimeSpan.FromSeconds(2)));
        return services;
    }

    public static void MapServiceHealth(this WebApplication app)
    {
        app.MapGrpcHealthChecksService();

        // Ready to serve; and alive, which a store that is away does not change: a restart would not bring it back.
        app.MapHealthChecks("/healthz");
        app.MapHealthChecks("/livez", new HealthCheckOptions { Predicate = _ => false });
    }
}
