using System.Text.RegularExpressions;
using AuthService.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace AuthService.SystemTests.Harness;

/// <summary>The service as its operator runs it: a process of its own, on free ports, that has said it is ready.</summary>
public sealed partial class ServiceProcess : IAsyncDisposable
{
    public const int KilledExitCode = 128 + 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Binary = Path.Combine(AppContext.BaseDirectory, "AuthService.dll");

    private readonly ChildProcess _process;

    private ServiceProcess(ChildProcess process, Uri grpc, Uri web)
    {
        (_process, GrpcAddress, WebAddress) = (process, grpc, web);
        Channel = GrpcChannel.ForAddress(grpc);
    }

    public Uri GrpcAddress { get; }

    /// <summary>Of health, metrics and keys.</summary>
    public Uri WebAddress { get; }

    public GrpcChannel Channel { get; }

    public string Log => _process.Output.Text;

    public AccountService.AccountServiceClient Accounts => new(Channel);
    public DeviceService.DeviceServiceClient Devices => new(Channel);
    public EcvService.EcvServiceClient Ecv => new(Channel);
    public LoginService.LoginServiceClient Logins => new(Channel);
    public SessionService.SessionServiceClient Sessions => new(Channel);
    public AuditService.AuditServiceClient Audit => new(Channel);
    public AdminService.AdminServiceClient Admin => new(Channel);

    /// <summary>Starts the service in Development, with its state in <paramref name="data"/>.</summary>
    /// <param name="data">New, or one that a service ran on before.</param>
    /// <param name="settings"><c>Section:Name=value</c>.</param>
    public static Task<ServiceProcess> StartAsync(DataFolder data, params IReadOnlyList<string> settings) =>
        StartAsync("Development", Variables(data), settings);

    /// <summary>Starts the service in any environment, which then has to be told everything.</summary>
    public static async Task<ServiceProcess> StartAsync(
        string environment, IReadOnlyDictionary<string, string?> variables, params IReadOnlyList<string> settings)
    {
        var process = Launch(environment, variables, settings);
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var line = await process.Output.FirstAsync(text => Ready().IsMatch(text), patience.Token)
                ?? throw new InvalidOperationException($"The service ended instead of starting:\n{process.Output.Text}");
            var ready = Ready().Match(line);
            return new ServiceProcess(process, new Uri(ready.Groups["grpc"].Value), new Uri(ready.Groups["web"].Value));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A process that need not become ready: to see how it fails to start.</summary>
    public static ChildProcess Launch(
        string environment,
        IReadOnlyDictionary<string, string?> variables,
        IReadOnlyList<string> settings,
        params IReadOnlyList<string> switches) =>
        ChildProcess.Start("dotnet", [Binary, "--environment", environment, .. settings.Select(setting => $"--{setting}"), .. switches], variables);

    public static IReadOnlyDictionary<string, string?> Variables(DataFolder data) => new Dictionary<string, string?>
    {
        ["AUTHSERVICE_DATA"] = data.Path,
        ["AUTHSERVICE_GRPC_PORT"] = "0",
        ["AUTHSERVICE_WEB_PORT"] = "0",
        ["DOTNET_ENVIRONMENT"] = null,
        ["ASPNETCORE_ENVIRONMENT"] = null,
    };

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    /// <summary>A caller at this address: Development believes loopback's X-Forwarded-For.</summary>
    public static Metadata From(string address, string? token = null)
    {
        var metadata = new Metadata { { "x-forwarded-for", address } };
        if (token is not null)
            metadata.Add("authorization", $"Bearer {token}");
        return metadata;
    }

    /// <summary><c>kill -9</c>, and waits until it is dead.</summary>
    public async Task<int> KillAsync()
    {
        _process.Kill();
        return await _process.WaitAsync(Patience);
    }

    /// <summary>SIGTERM, and waits for the process to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        AskToStop();
        return await ExitAsync();
    }

    /// <summary>Waits for the process to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> ExitAsync() => _process.WaitAsync(Patience);

    public void AskToStop() => _process.AskToStop();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _process.DisposeAsync();
    }

    // Development prints the line as it is, Production inside a line of its structured log.
    [GeneratedRegex(
        @"\bready grpc=(?<grpc>https?://[^\s""\\]+) web=(?<web>https?://[^\s""\\]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ready();
}
