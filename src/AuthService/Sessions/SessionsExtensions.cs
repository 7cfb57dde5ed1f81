using AuthService.Hosting;
using AuthService.Hosting.Calls;
using AuthService.Storage;
using Microsoft.Extensions.Options;

namespace AuthService.Sessions;

public static class SessionsExtensions
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddOptions<SessionOptions>().BindConfiguration("Sessions").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSessionTokens()
            .AddSessionUseCases()
            .AddSessionFace();
    }

    public static void MapSessions(this WebApplication app)
    {
        app.MapGrpcService<SessionGrpcService>();
        app.MapPublishedKeys();
    }

    private static void MapPublishedKeys(this WebApplication app)
    {
        Serve(PublishedKeys.KeySetPath, keys => Results.Json(keys.KeySet, PublishedKeysJson.Default.JsonWebKeySet));
        Serve(PublishedKeys.MetadataPath, keys => Results.Json(keys.Metadata, PublishedKeysJson.Default.ServerMetadata));
        Serve(PublishedKeys.CompatibleMetadataPath, keys => Results.Json(keys.Metadata, PublishedKeysJson.Default.ServerMetadata));

        void Serve(string path, Func<PublishedKeys, IResult> document) => app.MapGet(path, (HttpContext http, PublishedKeys keys) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
            return document(keys);
        });
    }

    private static IServiceCollection AddSessionUseCases(this IServiceCollection services)
    {
        services.AddSingleton<SessionGrpcService>();
        services.AddSingleton<SessionMetrics>();
        services.AddSingleton<ValidateSession>();
        services.AddSingleton<RefreshRisk>();
        services.AddSingleton<RefreshSession>();
        services.AddSingleton<RevokeSessions>();
        services.AddSingleton<ListSessions>();
        services.AddSingleton<WatchSessions>();
        services.AddSingleton<PublishedKeys>();
        return services;
    }

    private static IServiceCollection AddSessionTokens(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<VerifiedTokens>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<SessionNudges>();
        services.AddSingleton<SessionStates>();
        services.AddSingleton<SessionFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionFeed>());
        services.AddSingleton<LiveTokens>();
        services.AddSingleton<ICallerSource, UserCallers>();
        return services;
    }

    /// <summary>What other capabilities use. Their constructors take what is only ours, which the container cannot see.</summary>
    private static IServiceCollection AddSessionFace(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SessionEnder(provider.GetRequiredService<SessionStates>()));
        services.AddSingleton(provider => new SessionIssuer(
            provider.GetRequiredService<AccessTokens>(),
            provider.GetRequiredService<RefreshTokens>(),
            provider.GetRequiredService<SessionStates>(),
            provider.GetRequiredService<SessionEnder>(),
            provider.GetRequiredService<RequestIds>(),
            provider.GetRequiredService<IOptions<DeploymentOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
