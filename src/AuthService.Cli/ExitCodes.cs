namespace AuthService.Cli;

/// <summary>What scripts decide by. 1 is also System.CommandLine's for a command line that does not parse.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The service refused, or something was found wrong.</summary>
    public const int Refused = 1;

    /// <summary>The service could not be reached, or did not answer in time.</summary>
    public const int Unreachable = 3;
}
