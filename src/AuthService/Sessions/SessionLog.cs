namespace AuthService.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(7001, LogLevel.Error, "Changes of sessions could not be read; what is in memory is answered from until {Until:O}")]
    public static partial void FeedLost(this ILogger log, DateTimeOffset until, Exception cause);

    [LoggerMessage(7002, LogLevel.Information, "Changes of sessions are read again, up to {Sequence}")]
    public static partial void FeedFound(this ILogger log, long sequence);
}
