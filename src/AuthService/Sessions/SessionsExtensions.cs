namespace AuthService.Sessions;

public static class SessionsExtensions
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        return services;
    }

    public static void MapSessions(this WebApplication app)
    {
    }
}
