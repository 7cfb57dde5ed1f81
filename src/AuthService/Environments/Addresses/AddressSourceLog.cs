namespace AuthService.Environments.Addresses;

internal static partial class AddressSourceLog
{
    [LoggerMessage(5101, LogLevel.Information, "The address source {File} changed and was taken up")]
    public static partial void SourceReplaced(this ILogger log, string file);

    [LoggerMessage(5102, LogLevel.Error, "The address source {File} changed and cannot be used; the one before stays in use: {Problems}")]
    public static partial void SourceRefused(this ILogger log, string file, string problems);
}
