using System.Security.Cryptography;
using AuthService.Hosting.Serving;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

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
        try
        {
            using var channel = GrpcChannel.ForAddress(
                new UriBuilder(serving.IsTls ? "https" : "http", serving.OwnAddress.ToString(), serving.GrpcPort).Uri,
                new GrpcChannelOptions { HttpHandler = Handler(serving), DisposeHttpClient = true });
            var health = await new global::Grpc.Health.V1.Health.HealthClient(channel)
                .CheckAsync(new HealthCheckRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Patience);
            await Console.Out.WriteLineAsync(health.Status.ToString());
            return health.Status == HealthCheckResponse.Types.ServingStatus.Serving ? 0 : 1;
        }
        catch (Exception fault) when (fault is RpcException or FormatException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(fault is RpcException call ? call.Status.Detail : fault.Message);
            return 1;
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
                shown?.GetCertHashString(HashAlgorithmName.SHA256).Equals(own, StringComparison.OrdinalIgnoreCase) is true;
        }

        return handler;
    }
}
