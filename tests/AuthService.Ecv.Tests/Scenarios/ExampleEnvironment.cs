using System.Text.Json;
using System.Text.Json.Nodes;
using AuthService.Ecv.Signals;

namespace AuthService.Ecv.Tests.Scenarios;

/// <summary>The files under examples/environments.</summary>
internal static class ExampleEnvironment
{
    private static readonly JsonSerializerOptions Names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static string Repository { get; } = RepositoryRoot();

    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Path.Combine(Repository, "examples", "environments"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file));

    /// <summary>Field by field as the proto names them; a name that it does not have throws.</summary>
    public static RawSignals Read(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository, "examples", "environments", name + ".json")))!.AsObject();
        json.Select(field => field.Key).Except(["device", "wifi", "location", "account"], StringComparer.Ordinal).ShouldBeEmpty();
        return new RawSignals
        {
            Device = json["device"].Deserialize<RawDeviceSignals>(Names),
            Wifi = json["wifi"].Deserialize<RawWifiSignals>(Names),
            Location = json["location"].Deserialize<RawLocationSignals>(Names),
            PlatformAccountHashes = json["account"]?["platform_account_hashes"].Deserialize<string[]>() ?? [],
        };
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AuthService.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Not within the repository.");
    }
}
