namespace AuthService.Accounts;

internal static partial class AccountsLog
{
    [LoggerMessage(5001, LogLevel.Error, "Unfinished sign-ups were not erased; they are tried again")]
    public static partial void NotErased(this ILogger log, Exception cause);
}
