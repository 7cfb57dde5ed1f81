using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AuthService.Hosting.Telemetry;

internal static class TelemetryExtensions
{
    private static string Version => Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration("Telemetry").ValidateDataAnnotations().ValidateOnStart();
        builder.AddConsoleLog();

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("authservice", serviceVersion: Version))
            .WithMetrics(metrics => metrics
                .AddMeter(ServiceMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")

                // Counted up and down with every call; authservice.concurrency.calls tells the same when it is asked.
                .AddView("http.server.active_requests", MetricStreamConfiguration.Drop)
                .AddView("kestrel.queued_requests", MetricStreamConfiguration.Drop)
                .AddPrometheusExporter());

        if (Uri.TryCreate(builder.Configuration["Telemetry:OtlpEndpoint"], UriKind.Absolute, out var collector))
            telemetry.AddTracesAndLogs().UseOtlpExporter(OtlpExportProtocol.Grpc, collector);
        else if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.AddTracesAndLogs().UseOtlpExporter();
    }

    private static OpenTelemetryBuilder AddTracesAndLogs(this OpenTelemetryBuilder telemetry) => telemetry
        .WithTracing(traces => traces
            .SetSampler(services => new TraceIdRatioBasedSampler(services.GetRequiredService<IOptions<TelemetryOptions>>().Value.TracedShare))
            .AddAspNetCoreInstrumentation(calls => calls.EnrichWithHttpResponse = (span, _) => ForgetCaller(span)))
        .WithLogging(configureBuilder: null, logs => logs.IncludeFormattedMessage = true);

    /// <summary>Who called is personal: the audit log keeps it, sealed. A trace does without.</summary>
    private static void ForgetCaller(Activity span)
    {
        span.SetTag("client.address", null);
        span.SetTag("network.peer.address", null);
        span.SetTag("user_agent.original", null);
    }

    private static void AddConsoleLog(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
            builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        else
            builder.Logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
    }
}
