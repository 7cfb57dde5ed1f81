namespace AuthService.Administration;

public static class AdministrationExtensions
{
    public static IServiceCollection AddAdministration(this IServiceCollection services, IHostEnvironment environment)
    {
        return services;
    }

    public static void MapAdministration(this WebApplication app)
    {
    }
}
