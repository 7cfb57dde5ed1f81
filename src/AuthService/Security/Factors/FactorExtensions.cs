namespace AuthService.Security.Factors;

public static class FactorExtensions
{
    public static IServiceCollection AddFactors(this IServiceCollection services)
    {
        services.AddSingleton<RecoveryCodes>();
        services.AddSingleton(provider => new SecondFactors(provider.GetRequiredService<RecoveryCodes>()));
        return services;
    }
}
