namespace AuthService.Accounts;

internal static partial class AccountsLog
{
    [LoggerMessage(5001, LogLevel.Error, "Unfinished sign-ups were not erased; they are tried again")]
    public static partial void NotErased(this ILogger log, Exception cause);

    [LoggerMessage(5002, LogLevel.Error, "Changes that waited long enough did not take effect; they are tried again")]
    public static partial void NotSettled(this ILogger log, Exception cause);
}
