namespace AuthService.Security.Keys;

internal static partial class KeyLog
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Made a keyring for development: {Path}")]
    public static partial void KeyringMade(this ILogger logger, string path);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "Gave the keyring new keys for: {Uses}")]
    public static partial void KeyringCompleted(this ILogger logger, string uses);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Information, Message = "Read the keyring again: {Path} has changed")]
    public static partial void KeyringReloaded(this ILogger logger, string path);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Error, Message = "The keyring has changed and cannot be read; the one before stays in use: {Problem}")]
    public static partial void KeyringNotReloaded(this ILogger logger, string problem);

    [LoggerMessage(EventId = 2105, Level = LogLevel.Information, Message = "Moved {Moved} values of {Use} from key {Old} to key {Current}")]
    public static partial void Rekeyed(this ILogger logger, long moved, string use, string old, string current);

    [LoggerMessage(EventId = 2106, Level = LogLevel.Warning, Message = "Values of {Use} were not moved to their new key, or a compromised key not taken out; it is tried again")]
    public static partial void NotRekeyed(this ILogger logger, string use, Exception cause);

    [LoggerMessage(EventId = 2107, Level = LogLevel.Warning, Message = "Took compromised key {Id} of {Use} out of the keyring: nothing is kept under it any more")]
    public static partial void KeyRemoved(this ILogger logger, string use, string id);

    [LoggerMessage(EventId = 2108, Level = LogLevel.Error, Message = "The keys of {Account} cannot be wrapped under another key: they do not open")]
    public static partial void NotRewrapped(this ILogger logger, string account, Exception cause);
}
