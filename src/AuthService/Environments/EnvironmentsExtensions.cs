namespace AuthService.Environments;

public static class EnvironmentsExtensions
{
    public static IServiceCollection AddEnvironments(this IServiceCollection services)
    {
        return services;
    }

    public static void MapEnvironments(this WebApplication app)
    {
    }
}
