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

        services.AddSingleton(OpenKeyring);
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<ServiceSealing>();
        services.AddSingleton<BlindIndex>();
        services.AddSingleton<OneTimeCodes>();
        return services.AddAccountKeys();
    }

    private static IServiceCollection AddAccountKeys(this IServiceCollection services)
    {
        services.AddModel<AccountKeysDbContext, SqliteAccountKeysDbContext, PostgresAccountKeysDbContext>(
            "account-keys.db", PostgresAccountKeysDbContext.Schema);
        services.AddSingleton<AccountKeyStore>();
        services.AddHostedService<KeysStartup>();
        return services;
    }

    private static Keyring OpenKeyring(IServiceProvider services)
    {
        var configured = services.GetRequiredService<IOptions<KeyOptions>>().Value.KeyringPath;
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var path = configured ?? storage.FullPath("keys/keyring.json");

        // Only in Development: elsewhere a keyring that was not found must not be replaced by one that opens nothing.
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            storage.MakeFolder();
            Prepare(path, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<Keyring>>());
        }

        return KeyringFile.Read(path);
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
