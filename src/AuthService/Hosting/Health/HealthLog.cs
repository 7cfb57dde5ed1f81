namespace AuthService.Hosting.Health;

internal static partial class HealthLog
{
    [LoggerMessage(1, LogLevel.Information, "Draining: health says NOT_SERVING, the listeners close in {Seconds} s")]
    public static partial void Draining(this ILogger log, int seconds);
}
