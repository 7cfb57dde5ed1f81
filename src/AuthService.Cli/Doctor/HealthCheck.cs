using System.Net;
using System.Net.Sockets;
using AuthService.Cli.Connections;
using AuthService.Hosting.Serving;
using AuthService.Hosting.Starting;

namespace AuthService.Cli.Doctor;

/// <summary>Whether the service serves; if it does not run, whether its ports are free.</summary>
internal static class HealthCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(StoppedService service)
    {
        var serving = service.Options<ServingOptions>();
        var (isServing, said) = await Probe.AskAsync(serving);
        if (isServing)
            return [Finding.Fine("health", $"serving on port {serving.GrpcPort}")];

        var taken = new[] { serving.GrpcPort, serving.WebPort }.Where(port => !IsFree(serving.OwnAddress, port)).ToList();
        return taken.Count == 0
            ? [new("health", State.Doubtful, "not running; its ports are free", "Start it, if it should run.")]
            : [.. taken.Select(port => new Finding("ports", State.Wrong, $"{port} is taken, and not by a service that is well: {said}",
                "Stop what is there, or set Serving:GrpcPort and Serving:WebPort."))];
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
