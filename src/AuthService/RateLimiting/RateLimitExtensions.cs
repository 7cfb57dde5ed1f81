using Microsoft.Extensions.Options;

namespace AuthService.RateLimiting;

public static class RateLimitExtensions
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsCheck>();
        services.AddSingleton<RateLimits>();
        services.AddOptions<FailureOptions>().BindConfiguration("Failures").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ConsecutiveFailures>();
        return services;
    }
}
