namespace AuthService.Devices;

public static class DevicesExtensions
{
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        services.AddOptions<DeviceOptions>().BindConfiguration("Devices").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DeviceTokens>();
        return services;
    }

    public static void MapDevices(this WebApplication app)
    {
    }
}
