using AuthService.Security.Keys;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AuthService.Security.Passwords;

public static class PasswordExtensions
{
    /// <summary>Needs <see cref="KeyExtensions.AddKeys"/>: the pepper is in the keyring.</summary>
    public static IServiceCollection AddPasswords(this IServiceCollection services)
    {
        services.AddOptions<PasswordHashOptions>().BindConfiguration("Passwords:Hashing").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PasswordPolicyOptions>().BindConfiguration("Passwords:Policy").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<PasswordPolicyOptions>, PasswordPolicyOptionsCheck>();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton<HashingMetrics>();
        services.AddSingleton<HashingGate>();
        services.AddSingleton(provider => Argon2idBackends.Choose(
            provider.GetRequiredService<IOptions<PasswordHashOptions>>().Value.Backend,
            provider.GetRequiredService<ILogger<PasswordHashing>>()));
        services.AddSingleton(provider => new PasswordHashing(
            provider.GetRequiredService<IArgon2id>(),
            provider.GetRequiredService<HashingGate>(),
            provider.GetRequiredService<Keyring>(),
            provider.GetRequiredService<IOptions<PasswordHashOptions>>(),
            provider.GetRequiredService<ILogger<PasswordHashing>>()));
        services.AddSingleton(provider => new PasswordPolicy(
            provider.GetRequiredService<IOptions<PasswordPolicyOptions>>(), provider.GetRequiredService<HashingGate>()));
        services.AddSingleton<NewPasswords>();
        services.AddHostedService<PasswordsStartup>();
        return services;
    }
}
