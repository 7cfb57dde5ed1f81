namespace AuthService.Accounts;

public static class AccountsExtensions
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<ContactIndex>();
        services.AddSingleton<DecoyAccounts>();
        services.AddSingleton<AccountDirectory>();
        services.AddHostedService<DecoyStartup>();
        return services;
    }

    public static void MapAccounts(this WebApplication app)
    {
    }
}
