using AuthService.Client.AspNetCore.Authentication;
using AuthService.Client.AspNetCore.Authorization;
using AuthService.Client.AspNetCore.Changes;
using AuthService.Client.AspNetCore.Questions;
using AuthService.Client.AspNetCore.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AuthService.Client.AspNetCore;

/// <summary>Protects a service, HTTP or gRPC, with AuthService's sessions.</summary>
public static class AuthServiceSessionsExtensions
{
    /// <summary>
    /// Makes AuthService's sessions the way to sign in: <c>[Authorize]</c> and <c>RequireAuthorization()</c> ask for an access token of a
    /// live session. Needs <c>UseAuthentication()</c> and <c>UseAuthorization()</c>, which <c>WebApplication</c> adds by itself.
    /// </summary>
    public static IServiceCollection AddAuthServiceSessions(this IServiceCollection services, Action<AuthServiceSessionsOptions> configure)
    {
        services.AddAuthentication(AuthServiceSessionsDefaults.AuthenticationScheme).AddAuthServiceSessions(configure);
        services.AddAuthorization();
        return services;
    }

    /// <summary>
    /// The same beside other schemes, by the name of <see cref="AuthServiceSessionsDefaults.AuthenticationScheme"/>. Once per application.
    /// </summary>
    public static AuthenticationBuilder AddAuthServiceSessions(this AuthenticationBuilder builder, Action<AuthServiceSessionsOptions> configure)
    {
        builder.Services.AddOptions<AuthServiceSessionsOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthServiceSessionsOptions>, AuthServiceSessionsOptionsCheck>());
        builder.Services.AddSessionValidation();
        return builder.AddScheme<AuthenticationSchemeOptions, SessionAuthenticationHandler>(
            AuthServiceSessionsDefaults.AuthenticationScheme, configureOptions: null);
    }

    private static void AddSessionValidation(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SessionsMetrics>();
        services.AddSingleton<ServiceConnection>();
        services.AddSingleton<PublishedKeys>();
        services.AddSingleton<AccessTokenReader>();
        services.AddSingleton<KnownTokens>();
        services.AddSingleton<KnownChanges>();
        services.AddHostedService<ChangeFeed>();
        services.AddSingleton<SessionQuestions>();
        services.AddSingleton(provider => new SessionValidator(
            provider.GetRequiredService<KnownTokens>(),
            provider.GetRequiredService<KnownChanges>(),
            provider.GetRequiredService<SessionQuestions>(),
            provider.GetRequiredService<SessionsMetrics>(),
            provider.GetRequiredService<IOptions<AuthServiceSessionsOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, AalHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, SessionScopeHandler>());
    }
}
