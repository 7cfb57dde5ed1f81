using System.Diagnostics.CodeAnalysis;
using Grpc.Net.Client;

namespace AuthService.LoadTest.Subject;

/// <summary>The service that is measured: started here, in a process of its own, or one that runs already.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The process goes with the subject.")]
internal sealed class ServedSubject : ISubject, IAsyncDisposable
{
    private readonly Outbox _outbox;

    private ServedSubject(Uri address, ServerProcess? process, string serviceToken, Outbox outbox)
    {
        (Address, Process, ServiceToken, _outbox) = (address, process, serviceToken, outbox);
        Channel = GrpcChannel.ForAddress(address);
    }

    public Uri Address { get; }

    /// <summary>Null if it was not started here: then nothing is known of its processor time.</summary>
    public ServerProcess? Process { get; }

    /// <summary>A credential that may validate sessions.</summary>
    public string ServiceToken { get; }

    public GrpcChannel Channel { get; }

    /// <summary>Starts one in Development, for people to move in: their codes come in a file.</summary>
    public static Task<ServedSubject> StartAsync(string data, IReadOnlyDictionary<string, string?> settings) =>
        StartAsync("Development", data, Production.Anywhere(data), settings);

    /// <summary>Starts one in Production, where they live already: that is what is measured.</summary>
    public static Task<ServedSubject> StartInProductionAsync(string data, IReadOnlyDictionary<string, string?> settings) =>
        StartAsync("Production", data, Production.Settings(data), settings);

    /// <summary>One that runs in Development, whose data folder can be read.</summary>
    public static async Task<ServedSubject> OfAsync(Uri address, string data) =>
        new(address, process: null, await TokenAsync(data), new Outbox(Path.Combine(data, "outbox", "messages.jsonl")));

    public Task<string> CodeAsync(string contact) => _outbox.CodeAsync(contact);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        if (Process is { } process)
            await process.DisposeAsync();
    }

    private static async Task<ServedSubject> StartAsync(
        string environment, string data, IReadOnlyDictionary<string, string?> variables, IReadOnlyDictionary<string, string?> settings)
    {
        var process = ServerProcess.Start(
            AppContext.BaseDirectory,
            variables,
            port =>
            [
                "AuthService.dll", "--environment", environment, "--Serving:WebPort=0", $"--Serving:GrpcPort={port}",
                .. settings.Select(setting => $"--{setting.Key}={setting.Value}"),
            ]);
        await process.Ready;
        return new ServedSubject(process.Address, process, await TokenAsync(data), new Outbox(Path.Combine(data, "outbox", "messages.jsonl")));
    }

    private static async Task<string> TokenAsync(string data) => (await File.ReadAllTextAsync(Path.Combine(data, "bootstrap", "service.token"))).Trim();
}
