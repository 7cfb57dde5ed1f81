namespace AuthService.Hosting.Calls;

internal static partial class CallLog
{
    [LoggerMessage(4001, LogLevel.Error, "{Rpc} failed, id {Id}")]
    public static partial void Fault(this ILogger log, string rpc, string id, Exception? cause);

    [LoggerMessage(4002, LogLevel.Error, "{Rpc} found no store")]
    public static partial void StoreUnavailable(this ILogger log, string rpc, Exception cause);
}
