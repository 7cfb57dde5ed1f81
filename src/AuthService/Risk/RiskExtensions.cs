using AuthService.Audit;
using AuthService.Risk.Redis;
using AuthService.Security.Keys;
using AuthService.Storage.Redis;

namespace AuthService.Risk;

public static class RiskExtensions
{
    public static IServiceCollection AddRisk(this IServiceCollection services)
    {
        services.AddOptions<RiskOptions>().BindConfiguration("Risk").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LocalLoginWindows>();
        services.AddSingleton<RedisLoginWindows>();
        services.AddSingleton(provider => provider.GetRequiredService<SharedRedis>().IsConfigured
            ? new LoginMemory(provider.GetRequiredService<RedisLoginWindows>(), provider.GetRequiredService<Keyring>().Current(KeyUse.Population))
            : new LoginMemory(provider.GetRequiredService<LocalLoginWindows>(), sharedKey: null));
        services.AddSingleton<PopulationStatistics>();
        services.AddHostedService<PopulationWriter>();
        services.AddSingleton<SharedNetworks>();
        services.AddSingleton<KeptEnvironments>();
        services.AddSingleton<Profiles>();
        services.AddSingleton<RiskMetrics>();
        services.AddSingleton<RiskPolicies>();
        services.AddSingleton<LoginRisk>();
        services.AddSingleton<EcvGrpcService>();
        services.AddSingleton<ComputeEcv>();
        services.AddSingleton<VerifyEcv>();
        services.AddSingleton<ExplainVerdict>();
        services.AddSingleton<VerdictReplays>();
        services.AddSingleton<VerdictReplay>(provider => provider.GetRequiredService<VerdictReplays>().OfEventAsync);
        return services;
    }

    public static void MapRisk(this WebApplication app) => app.MapGrpcService<EcvGrpcService>();
}
