using System.Security.Cryptography;
using AuthService.Hosting.Serving;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace AuthService.Hosting.Starting;

/// <summary>A container's health check, by the binary it has anyway: asks the service on this machine, configured alike, for its health.</summary>
internal static class Probe
{
    public const string Switch = "--probe";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>0 if it serves, 1 if not.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddBuiltInConfiguration(args);
        var serving = builder.Configuration.GetSection("Serving").Get<ServingOptions>() ?? new ServingOptions();
        var (isServing, said) = await AskAsync(serving);
        await (isServing ? Console.Out : Console.Error).WriteLineAsync(said);
        return isServing ? 0 : 1;
    }

    /// <returns>Whether the service serves, and in words what it said, or why it said nothing.</returns>
    public static async Task<(bool IsServing, string Said)> AskAsync(ServingOptions serving)
    {
        try
        {
            using var channel = GrpcChannel.ForAddress(
                new UriBuilder(serving.IsTls ? "https" : "http", serving.OwnAddress.ToString(), serving.GrpcPort).Uri,
                new GrpcChannelOptions { HttpHandler = Handler(serving), DisposeHttpClient = true });
            var health = await new global::Grpc.Health.V1.Health.HealthClient(channel)
                .CheckAsync(new HealthCheckRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Patience);
            return (health.Status == ServingStatus.Serving, health.Status.ToString());
        }
        catch (RpcException fault)
        {
            return (false, fault.Status.Detail);
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            return (false, fault.Message);
        }
    }

    /// <summary>The name in the certificate is that of the deployment, not of this machine: it has to be this very certificate instead.</summary>
    private static SocketsHttpHandler Handler(ServingOptions serving)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (serving.IsTls)
        {
            var own = ServerCertificate.Load(serving).Sha256;
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
                string.Equals(shown?.GetCertHashString(HashAlgorithmName.SHA256), own, StringComparison.OrdinalIgnoreCase);
        }

        return handler;
    }
}
