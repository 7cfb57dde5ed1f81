namespace AuthService.Administration;

internal static partial class AdministrationLog
{
    [LoggerMessage(6001, LogLevel.Information, "A first credential was made: {Path}")]
    public static partial void BootstrapCredentialMade(this ILogger log, string path);
}
