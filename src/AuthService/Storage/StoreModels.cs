using AuthService.Storage.Postgres;
using AuthService.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AuthService.Storage;

/// <summary>Brings a model to the store that is configured.</summary>
internal static class StoreModels
{
    /// <typeparam name="TModel">What everybody asks for.</typeparam>
    /// <typeparam name="TSqlite">Its form in SQLite.</typeparam>
    /// <typeparam name="TPostgres">Its form in PostgreSQL.</typeparam>
    /// <param name="services">What is added to.</param>
    /// <param name="file">The name of SQLite's file.</param>
    /// <param name="schema">The name of PostgreSQL's schema.</param>
    public static IServiceCollection AddModel<TModel, TSqlite, TPostgres>(this IServiceCollection services, string file, string schema)
        where TModel : DbContext
        where TSqlite : TModel
        where TPostgres : TModel
    {
        services.TryAddSingleton<SqlitePragmas>();
        services.AddPooledDbContextFactory<TSqlite>((provider, options) => options
            .UseSqlite($"Data Source={Storage(provider).FullPath(file)}")
            .AddInterceptors(provider.GetRequiredService<SqlitePragmas>()));
        services.AddPooledDbContextFactory<TPostgres>((provider, options) => options
            .UsePostgres(PostgresConnections.Complete(Storage(provider).ConnectionString ?? ""), schema));
        services.AddSingleton<IDbContextFactory<TModel>>(provider => Storage(provider).Provider switch
        {
            StorageProvider.Postgres => new ModelFactory<TModel, TPostgres>(provider.GetRequiredService<IDbContextFactory<TPostgres>>()),
            _ => new ModelFactory<TModel, TSqlite>(provider.GetRequiredService<IDbContextFactory<TSqlite>>()),
        });

        // Each database has a line of writers of its own.
        services.TryAddTransient<Store>(provider => Storage(provider).Provider switch
        {
            StorageProvider.Postgres => ActivatorUtilities.CreateInstance<PostgresStore>(provider),
            _ => new SqliteStore(),
        });
        services.AddSingleton(new StoredModel(
            file,
            schema,
            connection => New<TSqlite>(options => options.UseSqlite(connection)),
            connection => New<TPostgres>(options => options.UsePostgres(connection, schema))));
        return services;
    }

    private static T New<T>(Action<DbContextOptionsBuilder> connect)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        connect(options);
        return (T)Activator.CreateInstance(typeof(T), options.Options)!;
    }

    private static StorageOptions Storage(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value;
}
