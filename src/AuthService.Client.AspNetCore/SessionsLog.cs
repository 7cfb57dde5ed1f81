using Microsoft.Extensions.Logging;

namespace AuthService.Client.AspNetCore;

internal static partial class SessionsLog
{
    [LoggerMessage(1, LogLevel.Error, "AuthService's changes of sessions cannot be followed; soon it is asked about each token")]
    public static partial void FeedLost(this ILogger log, Exception? cause);

    [LoggerMessage(2, LogLevel.Information, "AuthService's changes of sessions are followed from {Sequence} on")]
    public static partial void FeedFound(this ILogger log, long sequence);

    [LoggerMessage(3, LogLevel.Warning, "AuthService no longer knows change {Sequence}: its database was set back. What is in memory is asked about again")]
    public static partial void FeedSetBack(this ILogger log, long sequence);

    [LoggerMessage(4, LogLevel.Warning, "The clocks of this machine and of AuthService are apart by about {Seconds} s; tokens are answered from memory less than they could")]
    public static partial void ClocksApart(this ILogger log, double seconds);

    [LoggerMessage(5, LogLevel.Warning, "{Forgotten} ended sessions were forgotten before their time: more than ChangesRemembered ended in ten minutes")]
    public static partial void ChangesForgotten(this ILogger log, int forgotten);

    [LoggerMessage(6, LogLevel.Error, "AuthService cannot be asked about tokens: those that memory cannot answer for get 503")]
    public static partial void Unanswered(this ILogger log, Exception? cause);

    [LoggerMessage(7, LogLevel.Information, "AuthService answers about tokens again")]
    public static partial void Answered(this ILogger log);

    [LoggerMessage(8, LogLevel.Error, "AuthService's signing keys cannot be read")]
    public static partial void KeysLost(this ILogger log, Exception cause);

    [LoggerMessage(9, LogLevel.Warning, "Signing key {KeyId} of AuthService is none for ES256, and not used")]
    public static partial void KeyNotUsed(this ILogger log, string keyId);
}
