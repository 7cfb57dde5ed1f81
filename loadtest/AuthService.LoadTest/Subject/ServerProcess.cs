using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AuthService.LoadTest.Subject;

/// <summary>A server in a process of its own, which has said where it listens, and whose processor time can be read.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int LinesKept = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Of gRPC.</summary>
    public Uri Address { get; }

    /// <summary>What it has used so far, of all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory.</summary>
    public long Bytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>This program again, as the bare server.</summary>
    public static Task<ServerProcess> StartEchoAsync(string answers) => StartAsync(
        ["AuthService.LoadTest.dll", "echo", "--answers", answers], new Dictionary<string, string?>(StringComparer.Ordinal));

    /// <summary>The service, in Development, with its state in a folder.</summary>
    public static Task<ServerProcess> StartServiceAsync(string data, IReadOnlyDictionary<string, string?> settings) => StartAsync(
        ["AuthService.dll", "--environment", "Development", .. settings.Select(setting => $"--{setting.Key}={setting.Value}")],
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AUTHSERVICE_DATA"] = data, ["AUTHSERVICE_GRPC_PORT"] = "0", ["AUTHSERVICE_WEB_PORT"] = "0",
            ["DOTNET_ENVIRONMENT"] = null, ["ASPNETCORE_ENVIRONMENT"] = null,
        });

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(string[] arguments, Dictionary<string, string?> variables)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, arguments[0]), .. arguments[1..]])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;

        var (address, said) = (new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously), new ConcurrentQueue<string>());
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"{arguments[0]} ended:\n{string.Join('\n', said)}"));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerProcess(process, await address.Task.WaitAsync(Patience));

        void Hear(string? line)
        {
            if (line is null)
                return;
            said.Enqueue(line);
            while (said.Count > LinesKept)
                said.TryDequeue(out _);
            if (Ready().Match(line) is { Success: true } ready)
                address.TrySetResult(new Uri(ready.Groups["grpc"].Value));
        }
    }

    [GeneratedRegex(@"\bready grpc=(?<grpc>https?://[^\s""\\]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ready();
}
