namespace AuthService.Cli;

/// <summary>Ends a command with a line that tells the operator what to do.</summary>
internal sealed class CommandFailure(string message) : Exception(message);
