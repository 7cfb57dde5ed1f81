namespace AuthService.Security.Proofs;

internal static partial class ProofLog
{
    [LoggerMessage(2202, LogLevel.Warning, "When devices were last seen was not written; it is kept for the next try")]
    public static partial void SightingsNotWritten(this ILogger log, Exception cause);
}
