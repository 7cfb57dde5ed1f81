using AuthService.Security.Proofs.Redis;
using AuthService.Storage.Redis;
using Microsoft.Extensions.Options;

namespace AuthService.Security.Proofs;

public static class ProofExtensions
{
    public static IServiceCollection AddProofs(this IServiceCollection services)
    {
        services.AddOptions<ProofOptions>().BindConfiguration("Proofs").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProofOptions>, ProofOptions>();
        services.AddSingleton<Challenges>();
        services.AddSingleton<Requesters>();
        services.AddSingleton<LocalProofIds>();
        services.AddSingleton<IUsedProofIds>(provider => provider.GetRequiredService<SharedRedis>().IsConfigured
            ? ActivatorUtilities.CreateInstance<RedisProofIds>(provider)
            : provider.GetRequiredService<LocalProofIds>());
        services.AddSingleton<ProofVerifier>();
        services.AddSingleton<DeviceSightings>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceSightings>());
        return services;
    }
}
