using AuthService.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Storage;

public static class StorageExtensions
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SqlitePragmas>();
        services.AddPooledDbContextFactory<AuthDbContext>((provider, options) =>
        {
            var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
            options
                .UseSqlite($"Data Source={storage.FullPath("authservice.db")}")
                .AddInterceptors(provider.GetRequiredService<SqlitePragmas>());
        });
        services.AddSingleton<Database>();
        services.AddSingleton<RequestIds>();
        services.AddSingleton<IdempotentRequests>();
        services.AddHostedService<SchemaStartup>();
        services.AddHostedService<ExpirySweeper>();
        return services;
    }
}
