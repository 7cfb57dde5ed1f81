namespace AuthService.Security.Trust;

public static class TrustExtensions
{
    public static IServiceCollection AddTrust(this IServiceCollection services)
    {
        services.AddOptions<SoftDoorOptions>().BindConfiguration("SoftDoors").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SoftDoors>();
        return services;
    }
}
