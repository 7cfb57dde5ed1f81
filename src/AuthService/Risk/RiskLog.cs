namespace AuthService.Risk;

internal static partial class RiskLog
{
    [LoggerMessage(EventId = 701, Level = LogLevel.Warning, Message = "Population statistics were not written; the last seconds of counting may be lost.")]
    public static partial void NotWritten(this ILogger log, Exception fault);
}
