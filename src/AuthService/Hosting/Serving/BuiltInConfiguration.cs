using Microsoft.Extensions.Configuration.Memory;

namespace AuthService.Hosting.Serving;

/// <summary>Configuration that comes with the code, so that it is the same whatever the working directory. Any other goes before it.</summary>
internal static class BuiltInConfiguration
{
    private static readonly Dictionary<string, string?> Everywhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",

        // It tells of no call here, but as long as it might, every call is given an activity and a log scope. What is traced has one anyway.
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",

        // Every call that fails is told once, by CallAnswers.
        ["Logging:LogLevel:Grpc"] = "Critical",

        // A start that fails is told once, by StartFailure.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Critical",

        // What turns health is told once, by StoreHealth and Draining, and not at every question.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",
    };

    private static readonly Dictionary<string, string?> Development = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Deployment:Region"] = "de",
        ["Deployment:PolicyVersion"] = "1",
        ["Serving:DrainSeconds"] = "0",

        // So that a tester on this machine can come from anywhere.
        ["ClientAddress:TrustedProxies:0"] = "127.0.0.0/8",
        ["ClientAddress:TrustedProxies:1"] = "::1/128",
    };

    /// <summary>The short names of the settings that everybody changes.</summary>
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["AUTHSERVICE_DATA"] = "Storage:DataPath",
        ["AUTHSERVICE_GRPC_PORT"] = "Serving:GrpcPort",
        ["AUTHSERVICE_WEB_PORT"] = "Serving:WebPort",
    };

    /// <summary>Adds the defaults below everything, and the short variables above everything but the command line.</summary>
    public static void AddBuiltInConfiguration(this WebApplicationBuilder builder, string[] args)
    {
        var configuration = builder.Configuration;
        if (builder.Environment.IsDevelopment())
            configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Development });
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Everywhere });

        var variables = Variables
            .Select(variable => KeyValuePair.Create(variable.Value, Environment.GetEnvironmentVariable(variable.Key)))
            .Where(setting => !string.IsNullOrEmpty(setting.Value))
            .ToList();
        configuration.AddInMemoryCollection(variables).AddCommandLine(args);
    }
}
