using System.ComponentModel.DataAnnotations;

namespace AuthService.Hosting.Telemetry;

/// <summary>Where traces, metrics and logs go, beside the console and <c>/metrics</c>. Section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// An OTLP collector, spoken to over gRPC, such as <c>http://collector:4317</c>. Default none: then nothing is traced, unless
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its kin are set.
    /// </summary>
    [Url]
    public string? OtlpEndpoint { get; set; }

    /// <summary>
    /// The share of calls that is traced, 0 to 1. Default 0.05. A caller's wish to be traced is not heard: anybody could then have
    /// everything traced.
    /// </summary>
    [Range(0.0, 1.0)]
    public double TracedShare { get; set; } = 0.05;
}
