using AuthService.Hosting.Calls;
using Microsoft.Extensions.Caching.Hybrid;

namespace AuthService.Administration;

public static class AdministrationExtensions
{
    public static IServiceCollection AddAdministration(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton<IHybridCacheSerializer<StoredCredential>, StoredCredential.Serializer>();
        services.AddSingleton<CredentialReader>();
        services.AddSingleton(provider => new ServiceCredentials(
            provider.GetRequiredService<CredentialReader>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ICallerSource>(provider => provider.GetRequiredService<ServiceCredentials>());

        services.AddSingleton<AdminGrpcService>();
        services.AddSingleton<CreateServiceCredential>();
        services.AddSingleton<RevokeServiceCredential>();
        services.AddSingleton<UnlockAccount>();
        services.AddSingleton<LookUpAccount>();
        services.AddSingleton<GetRiskPolicy>();
        services.AddSingleton<UpdateRiskPolicy>();
        services.AddSingleton<RotateKeys>();
        services.AddSingleton<ListKeys>();

        // Elsewhere the operator makes the first credential, with authctl on the database.
        if (environment.IsDevelopment())
            services.AddHostedService<BootstrapCredentials>();
        return services;
    }

    public static void MapAdministration(this WebApplication app) => app.MapGrpcService<AdminGrpcService>();
}
