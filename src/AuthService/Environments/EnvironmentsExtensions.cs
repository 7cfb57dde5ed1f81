namespace AuthService.Environments;

public static class EnvironmentsExtensions
{
    public static IServiceCollection AddEnvironments(this IServiceCollection services) => services.AddSingleton<EnvironmentReader>();
}
