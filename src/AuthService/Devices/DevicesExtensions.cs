namespace AuthService.Devices;

public static class DevicesExtensions
{
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        return services;
    }

    public static void MapDevices(this WebApplication app)
    {
    }
}
