using AuthService.Audit;

namespace AuthService.Risk;

public static class RiskExtensions
{
    public static IServiceCollection AddRisk(this IServiceCollection services)
    {
        services.AddSingleton<SharedNetworks>();
        services.AddSingleton<KeptEnvironments>();
        services.AddSingleton<Profiles>();
        services.AddSingleton<RiskMetrics>();
        services.AddSingleton<LoginRisk>();
        services.AddSingleton<EcvGrpcService>();
        services.AddSingleton<ComputeEcv>();
        services.AddSingleton<VerifyEcv>();
        services.AddSingleton<VerdictReplay>(provider =>
        {
            var risk = provider.GetRequiredService<LoginRisk>();
            return (record, verdictId) => VerdictMapping.Replay(record, verdictId, risk.Policy);
        });
        return services;
    }

    public static void MapRisk(this WebApplication app) => app.MapGrpcService<EcvGrpcService>();
}
