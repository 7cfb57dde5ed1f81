using AuthService.Audit;

namespace AuthService.Risk;

public static class RiskExtensions
{
    public static IServiceCollection AddRisk(this IServiceCollection services)
    {
        services.AddOptions<RiskOptions>().BindConfiguration("Risk").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LoginMemory>();
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
