using System.CommandLine;
using System.Security.Cryptography;
using AuthService.Cli.Connections;
using AuthService.Cli.Output;
using Grpc.Core;

namespace AuthService.Cli.Commands;

/// <summary>The form of a command that asks the running service.</summary>
internal static class OperatorCommands
{
    /// <summary>Makes <paramref name="run"/> what the command does, with a connection, an answer and every failure told in words.</summary>
    public static Command Calling(this Command command, Func<CallInvoker, ParseResult, Answer, CancellationToken, Task<int>> run)
    {
        command.SetAction((parsed, cancellationToken) =>
        {
            var answer = new Answer(parsed);
            return answer.RunAsync(async () =>
            {
                using var connection = OperatorConnection.Open(parsed);
                return await run(connection.Calls, parsed, answer, cancellationToken);
            });
        });
        return command;
    }

    public static string NewRequestId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
