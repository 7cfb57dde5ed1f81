namespace AuthService.Risk;

public static class RiskExtensions
{
    public static IServiceCollection AddRisk(this IServiceCollection services)
    {
        return services;
    }
}
