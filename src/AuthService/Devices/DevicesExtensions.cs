namespace AuthService.Devices;

public static class DevicesExtensions
{
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        services.AddOptions<DeviceOptions>().BindConfiguration("Devices").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DeviceGrpcService>();
        services.AddSingleton<DeviceTokens>();
        services.AddSingleton<BindDevice>();
        services.AddSingleton<ListDevices>();
        services.AddSingleton<UnbindDevice>();
        return services;
    }

    public static void MapDevices(this WebApplication app) => app.MapGrpcService<DeviceGrpcService>();
}
