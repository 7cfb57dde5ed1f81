namespace AuthService.Accounts;

public static class AccountsExtensions
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        return services;
    }

    public static void MapAccounts(this WebApplication app)
    {
    }
}
