namespace AuthService.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(1001, LogLevel.Error, "What has expired was not deleted; the next sweep tries again")]
    public static partial void NotSwept(this ILogger log, Exception cause);
}
