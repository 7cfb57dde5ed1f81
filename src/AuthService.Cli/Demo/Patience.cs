using AuthService.Client;
using AuthService.Protocol;
using Grpc.Core;

namespace AuthService.Cli.Demo;

/// <summary>Calls again when the service says so. Whoever shares a network with a bot shares the limit that the bot uses up.</summary>
internal static class Patience
{
    private const int MostTries = 20;

    /// <summary>The network's limit asks for half a second. Whoever is told to wait longer than this has failed too often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public static async Task<T> AsToldAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            TimeSpan wait;
            try
            {
                return await call();
            }
            catch (RpcException refused) when (tries < MostTries && WaitOf(refused) is { } told && told <= LongestWait)
            {
                wait = told;
            }

            await Task.Delay(wait, TimeProvider.System, cancellationToken);
        }
    }

    private static TimeSpan? WaitOf(RpcException refused) =>
        AuthServiceException.From(refused) is { Reason: ErrorReasons.RateLimited or ErrorReasons.Overloaded } refusal ? refusal.RetryAfter : null;
}
