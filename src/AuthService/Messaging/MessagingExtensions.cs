using Microsoft.Extensions.Options;

namespace AuthService.Messaging;

public static class MessagingExtensions
{
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddOptions<MessagingOptions>().BindConfiguration("Messaging").ValidateOnStart();
        services.AddSingleton<IValidateOptions<MessagingOptions>, MessagingOptionsCheck>();
        services.AddSingleton<MessageChannels>();
        services.AddSingleton<MessageSignal>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<OwnerNotices>();
        services.AddHostedService<MessageDispatcher>();
        return services.AddSenders();
    }

    private static IServiceCollection AddSenders(this IServiceCollection services)
    {
        // Its loggers would write the gateway's address, which may name its customer.
        services.AddHttpClient(SmsSender.Client).RemoveAllLoggers();
        services.AddSingleton<OutboxFileSender>();
        services.AddSingleton<SmtpSender>();
        services.AddSingleton<SmsSender>();
        services.AddSingleton<IMessageSender, MessageSender>();
        return services;
    }
}
