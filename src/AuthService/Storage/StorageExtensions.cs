using AuthService.Storage.Copy;
using AuthService.Storage.Postgres;
using AuthService.Storage.Redis;
using AuthService.Storage.Sqlite;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Options;

namespace AuthService.Storage;

public static class StorageExtensions
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        services.AddModel<AuthDbContext, SqliteAuthDbContext, PostgresAuthDbContext>("authservice.db", PostgresAuthDbContext.Schema);
        services.AddSingleton<Database>();
        services.AddSingleton<DatabaseCopy>();
        services.AddOptions<RedisOptions>().BindConfiguration("Redis").ValidateOnStart();
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsCheck>();
        services.AddSingleton<SharedRedis>();
        services.AddSingleton<IDistributedCache, RedisReadThrough>();
        services.AddHybridCache(options => (options.MaximumPayloadBytes, options.MaximumKeyLength) = (RedisReadThrough.LargestEntry, 128));
        services.AddSingleton<RequestIds>();
        services.AddSingleton<IdempotentRequests>();
        services.AddHostedService<SchemaStartup>();
        services.AddHostedService<HeldFiles>();
        services.AddHostedService<ExpirySweeper>();
        services.AddHostedService<EventRoom>();
        return services;
    }
}
