namespace AuthService.Audit;

public static class AuditExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<NetworkTokens>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<CountedEvents>();
        services.AddHostedService(provider => provider.GetRequiredService<CountedEvents>());
        services.AddHostedService<StartRecord>();
        services.AddSingleton<AuditGrpcService>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<ListEvents>();
        return services;
    }

    public static void MapAudit(this WebApplication app) => app.MapGrpcService<AuditGrpcService>();
}
