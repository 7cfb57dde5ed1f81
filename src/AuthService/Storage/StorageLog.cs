namespace AuthService.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(1001, LogLevel.Error, "What has expired was not deleted; the next sweep tries again")]
    public static partial void NotSwept(this ILogger log, Exception cause);

    [LoggerMessage(1002, LogLevel.Warning, "A transaction lost {Times} times against others at the same time, and runs again")]
    public static partial void LostAgain(this ILogger log, int times);

    [LoggerMessage(1003, LogLevel.Warning, "Redis does not answer; limits, proof ids and the memory of recent logins are this replica's own until it does")]
    public static partial void RedisLost(this ILogger log, Exception cause);

    [LoggerMessage(1004, LogLevel.Error, "The next part of the audit log's table was not made; it is tried again")]
    public static partial void NoRoomMade(this ILogger log, Exception cause);

    [LoggerMessage(1005, LogLevel.Warning, "PostgreSQL does not answer; start-up waits for it for {Seconds} s: {Problem}")]
    public static partial void WaitsForPostgres(this ILogger log, double seconds, string problem);
}
