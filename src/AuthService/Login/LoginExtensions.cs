namespace AuthService.Login;

public static class LoginExtensions
{
    public static IServiceCollection AddLogin(this IServiceCollection services)
    {
        return services;
    }

    public static void MapLogin(this WebApplication app)
    {
    }
}
