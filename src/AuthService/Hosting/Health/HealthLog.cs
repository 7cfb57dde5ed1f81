namespace AuthService.Hosting.Health;

internal static partial class HealthLog
{
    [LoggerMessage(4101, LogLevel.Information, "Draining: health says NOT_SERVING, the listeners close in {Seconds} s")]
    public static partial void Draining(this ILogger log, int seconds);

    [LoggerMessage(4102, LogLevel.Error, "The store does not answer: health says NOT_SERVING")]
    public static partial void StoreAway(this ILogger log, Exception cause);

    [LoggerMessage(4103, LogLevel.Information, "The store answers again")]
    public static partial void StoreBack(this ILogger log);
}
