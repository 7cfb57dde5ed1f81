using System.Net;
using AuthService.Hosting.Network;
using AuthService.Hosting.Serving;
using Microsoft.Extensions.Options;

namespace AuthService.Hosting.Telemetry;

internal static class MetricsEndpoint
{
    /// <summary>Prometheus' format, for those who may read it; to others it is not there.</summary>
    /// <remarks>What share of logins fails is for the operator to know; the keys beside it on the web port are for everybody.</remarks>
    public static void MapMetrics(this WebApplication app) => app.UseOpenTelemetryPrometheusScrapingEndpoint(
        http => http.Request.Path == "/metrics" && http.Features.Get<Listener>() == Listener.Web && MayRead(http));

    private static bool MayRead(HttpContext http)
    {
        var services = http.RequestServices;
        var client = services.GetRequiredService<ClientAddress>().Of(http).Address;
        return IPAddress.IsLoopback(client)
            || services.GetRequiredService<IOptions<ServingOptions>>().Value.MetricsFrom.Any(network => IPNetwork.Parse(network).Contains(client));
    }
}
