using AuthService.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AuthService.Security.Keys;

public static class KeyExtensions
{
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddOptions<KeyOptions>().BindConfiguration("Keys").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyOptions>, KeyOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton(provider => new KeyringSource(PathOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new KeyringRotation(PathOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(OpenKeyring);
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<ServiceSealing>();
        services.AddSingleton<BlindIndex>();
        services.AddSingleton<OneTimeCodes>();
        return services.AddAccountKeys().AddRotation();
    }

    private static IServiceCollection AddAccountKeys(this IServiceCollection services)
    {
        services.AddModel<AccountKeysDbContext, SqliteAccountKeysDbContext, PostgresAccountKeysDbContext>(
            "account-keys.db", PostgresAccountKeysDbContext.Schema);
        services.AddSingleton<AccountKeyStore>();
        services.AddHostedService<KeysStartup>();
        return services;
    }

    private static IServiceCollection AddRotation(this IServiceCollection services)
    {
        services.AddSingleton<IRekeyed>(provider => provider.GetRequiredService<AccountKeyStore>());
        services.AddHostedService<KeyringWatch>();
        services.AddHostedService<Rekeying>();
        return services;
    }

    private static string PathOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<KeyOptions>>().Value.PathIn(services.GetRequiredService<IOptions<StorageOptions>>().Value);

    private static Keyring OpenKeyring(IServiceProvider services)
    {
        var source = services.GetRequiredService<KeyringSource>();

        // Only in Development: elsewhere a keyring that was not found must not be replaced by one that opens nothing.
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            services.GetRequiredService<IOptions<StorageOptions>>().Value.MakeFolder();
            Prepare(source.Path, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<Keyring>>());
        }

        return source.Open();
    }

    private static void Prepare(string path, TimeProvider clock, ILogger logger)
    {
        if (KeyringFile.Create(path, clock))
            logger.KeyringMade(path);

        var added = KeyringFile.Complete(path, clock);
        if (added.Count > 0)
            logger.KeyringCompleted(string.Join(", ", added));
    }
}
