using System.Diagnostics.Metrics;
using AuthService.RateLimiting.Redis;
using AuthService.Storage.Redis;
using Microsoft.Extensions.Options;

namespace AuthService.RateLimiting;

public static class RateLimitExtensions
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsCheck>();
        services.AddSingleton<LocalLimits>();
        services.AddSingleton<RedisLimits>();
        services.AddSingleton(provider => new RateLimits(
            provider.GetRequiredService<SharedRedis>().IsConfigured ? provider.GetRequiredService<RedisLimits>() : provider.GetRequiredService<LocalLimits>(),
            provider.GetRequiredService<LocalLimits>(),
            provider.GetRequiredService<IMeterFactory>()));
        services.AddOptions<ConcurrencyOptions>().BindConfiguration("Concurrency").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new CallsInFlight(
            provider.GetRequiredService<IOptions<ConcurrencyOptions>>(), provider.GetRequiredService<IMeterFactory>()));
        services.AddOptions<FailureOptions>().BindConfiguration("Failures").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ConsecutiveFailures>();
        return services;
    }
}
