namespace AuthService.Messaging;

internal static partial class MessagingLog
{
    // Neither recipient nor content: an exception of a mail server may quote both, so only its type is told.
    [LoggerMessage(3001, LogLevel.Warning, "Message {Id} was not taken at attempt {Attempt}: {Fault}")]
    public static partial void NotSent(this ILogger log, string id, int attempt, string fault);

    [LoggerMessage(3002, LogLevel.Error, "Message {Id} was given up")]
    public static partial void GivenUp(this ILogger log, string id);

    [LoggerMessage(3003, LogLevel.Warning, "Message {Id} was refused for good: {Why}")]
    public static partial void Refused(this ILogger log, string id, string why);

    [LoggerMessage(3004, LogLevel.Error, "The outbox cannot be read")]
    public static partial void StoreUnavailable(this ILogger log, Exception cause);
}
