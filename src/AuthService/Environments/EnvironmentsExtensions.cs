using AuthService.Environments.Addresses;
using Microsoft.Extensions.Options;

namespace AuthService.Environments;

public static class EnvironmentsExtensions
{
    public static IServiceCollection AddEnvironments(this IServiceCollection services)
    {
        services.AddOptions<AddressSourceOptions>().BindConfiguration("AddressSources").ValidateOnStart();
        services.AddSingleton<IValidateOptions<AddressSourceOptions>, AddressSourceOptionsCheck>();
        services.AddSingleton<AddressSourceMetrics>();
        services.AddSingleton<AddressSources>();
        services.AddHostedService<AddressSourceWatch>();
        services.AddSingleton<ConnectionObserver>();
        services.AddSingleton<EnvironmentReader>();
        return services;
    }
}
