using System.CommandLine;

namespace AuthService.Cli;

/// <summary>What every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<Uri> Address = new("--address")
    {
        Description = "The service's gRPC address. Default: AUTHCTL_ADDRESS, or http://127.0.0.1 with AUTHSERVICE_GRPC_PORT or 5080.",
        DefaultValueFactory = _ => new Uri(
            Environment.GetEnvironmentVariable("AUTHCTL_ADDRESS") is { Length: > 0 } address
                ? address
                : $"http://127.0.0.1:{Environment.GetEnvironmentVariable("AUTHSERVICE_GRPC_PORT") ?? "5080"}"),
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                return address;
            result.AddError("--address must be http://HOST:PORT or https://HOST:PORT.");
            return null!;
        },
        Recursive = true,
    };

    public static readonly Option<string?> Token = new("--token")
    {
        Description = "The operator's credential. Others on this machine can see it here: AUTHCTL_TOKEN or --token-file keep it to yourself.",
        Recursive = true,
    };

    public static readonly Option<FileInfo> TokenFile = new("--token-file")
    {
        Description = "A file that holds the credential. Default: bootstrap/admin.token in the data folder, as Development makes it.",
        DefaultValueFactory = _ => new FileInfo(Path.Combine(DataFolder, "bootstrap", "admin.token")),
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Answers in JSON, errors too: for programs.",
        Recursive = true,
    };

    /// <summary>As the service itself finds it.</summary>
    public static string DataFolder =>
        Environment.GetEnvironmentVariable("AUTHSERVICE_DATA") is { Length: > 0 } folder ? folder : "data";
}
