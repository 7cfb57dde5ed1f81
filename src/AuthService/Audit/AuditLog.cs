namespace AuthService.Audit;

internal static partial class AuditLog
{
    [LoggerMessage(1101, LogLevel.Error, "{Count} counted events were not written; they are kept for the next try")]
    public static partial void NotWritten(this ILogger log, int count, Exception cause);
}
