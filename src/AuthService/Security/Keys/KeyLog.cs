namespace AuthService.Security.Keys;

internal static partial class KeyLog
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Made a keyring for development: {Path}")]
    public static partial void KeyringMade(this ILogger logger, string path);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "Gave the keyring new keys for: {Uses}")]
    public static partial void KeyringCompleted(this ILogger logger, string uses);
}
