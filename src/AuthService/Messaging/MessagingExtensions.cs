namespace AuthService.Messaging;

public static class MessagingExtensions
{
    public static IServiceCollection AddMessaging(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton<MessageSignal>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<OwnerNotices>();
        services.AddHostedService<MessageDispatcher>();
        return services;
    }
}
