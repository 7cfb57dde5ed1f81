namespace AuthService.Security.Passwords;

public static class PasswordExtensions
{
    public static IServiceCollection AddPasswords(this IServiceCollection services)
    {
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<PasswordPolicy>();
        return services;
    }
}
