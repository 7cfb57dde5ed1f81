using System.Security.Cryptography;
using AuthService.Client;
using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace AuthService.Cli.Demo;

/// <summary>A bot that goes through a stolen list, one password for each name, until the service looks at no more of them.</summary>
/// <param name="address">The service.</param>
/// <param name="network">What the bot calls through; stays the caller's.</param>
internal sealed class StuffingRun(Uri address, HttpMessageHandler network)
{
    /// <summary>Twice what the network's failures need to be at their worst: 2·log₂(1 + 63) bits, after five that are forgiven.</summary>
    private const int ListLength = 140;

    /// <summary>How often the password was looked at, and what the bot was told when it no longer was.</summary>
    public async Task<(int Failures, string Refusal)> RunAsync(CancellationToken cancellationToken)
    {
        // No name of an earlier run: each has a limit of its own, and a count of failures.
        var list = RandomNumberGenerator.GetHexString(8, lowercase: true);
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = network });
        var logins = new LoginService.LoginServiceClient(channel);
        for (var failures = 0; failures < ListLength; failures++)
        {
            var request = new LoginRequest { Identifier = $"leaked-{list}-{failures}@example.net", Password = $"summer-{failures}-holiday" };
            var reason = await TryAsync(logins, request, cancellationToken);
            if (reason != ErrorReasons.InvalidCredentials)
                return (failures, reason);
        }

        return (ListLength, "never");
    }

    private static async Task<string> TryAsync(LoginService.LoginServiceClient logins, LoginRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await Patience.AsToldAsync(async () => await logins.LoginAsync(request, cancellationToken: cancellationToken), cancellationToken);
            return "allowed";
        }
        catch (RpcException refusal)
        {
            return AuthServiceException.From(refusal).Reason;
        }
    }
}
