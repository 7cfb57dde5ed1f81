using Microsoft.Extensions.Configuration.Memory;

namespace AuthService.Hosting.Serving;

/// <summary>Configuration that comes with the code, so that it is the same whatever the working directory.</summary>
internal static class DevelopmentDefaults
{
    /// <summary>What Development starts with. Anything that is configured goes before it.</summary>
    private static readonly Dictionary<string, string?> Development = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Deployment:Region"] = "de",
        ["Deployment:PolicyVersion"] = "1",

        // So that a tester on this machine can come from anywhere.
        ["ClientAddress:TrustedProxies:0"] = "127.0.0.0/8",
        ["ClientAddress:TrustedProxies:1"] = "::1/128",
    };

    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["AUTHSERVICE_DATA"] = "Storage:DataPath",
        ["AUTHSERVICE_GRPC_PORT"] = "Serving:GrpcPort",
        ["AUTHSERVICE_WEB_PORT"] = "Serving:WebPort",
    };

    public static void AddDevelopmentDefaults(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Development });
    }

    /// <summary>The short names of the settings that everybody changes. They go before files, and the command line before them.</summary>
    public static void AddShortVariables(this WebApplicationBuilder builder, string[] args)
    {
        var set = Variables
            .Select(variable => KeyValuePair.Create(variable.Value, Environment.GetEnvironmentVariable(variable.Key)))
            .Where(setting => !string.IsNullOrEmpty(setting.Value));
        builder.Configuration.AddInMemoryCollection(set).AddCommandLine(args);
    }
}
