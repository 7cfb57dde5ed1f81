using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace AuthService.LoadTest.Subject;

/// <summary>A server that is being started in a process of its own, and the time since.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int LinesKept = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    /// <summary>Of one core.</summary>
    private const double AtRest = .1;

    private readonly Process _process;
    private readonly long _started;
    private readonly Queue<string> _output = new();
    private readonly TaskCompletionSource<TimeSpan> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ProcessStartInfo start, int port)
    {
        Port = port;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"The server ended instead of starting:\n{Output()}"));
        _started = Stopwatch.GetTimestamp();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>Of gRPC.</summary>
    public Uri Address => new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", Port).Uri;

    /// <summary>What it has used so far, of all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>When it said so, in the time since its start.</summary>
    public Task<TimeSpan> Ready => _ready.Task.WaitAsync(Patience);

    /// <param name="folder">Its working directory.</param>
    /// <param name="settings">Environment variables; null removes one.</param>
    /// <param name="arguments">Of <c>dotnet</c>, given the port that gRPC is to be served on.</param>
    public static ServerProcess Start(string folder, IReadOnlyDictionary<string, string?> settings, Func<string, IEnumerable<string>> arguments)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", arguments(port.ToString(CultureInfo.InvariantCulture)))
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new ServerProcess(start, port);
    }

    /// <summary>Returns when something listens.</summary>
    public async Task ListensAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (Elapsed < Patience && !_process.HasExited)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await timer.WaitForNextTickAsync();
            }
        }

        throw new InvalidOperationException($"Nothing listens after {Elapsed}:\n{Output()}");
    }

    /// <summary>Returns when it does next to nothing, or after this time.</summary>
    public async Task RestAsync(TimeSpan patience)
    {
        var (asked, used) = (Stopwatch.GetTimestamp(), ProcessorTime);
        using var timer = new PeriodicTimer(Glance);
        while (Stopwatch.GetElapsedTime(asked) < patience)
        {
            await timer.WaitForNextTickAsync();
            var before = used;
            used = ProcessorTime;
            if (used - before < Glance * AtRest)
                return;
        }
    }

    /// <summary>What the kernel has in memory for it.</summary>
    /// <param name="name">A line of <c>/proc/PID/status</c>: <c>VmRSS</c>, <c>RssAnon</c>.</param>
    /// <returns>MiB.</returns>
    public async Task<double> MemoryAsync(string name)
    {
        var lines = await File.ReadAllLinesAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"));
        var line = lines.Single(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>SIGTERM, as its operator would; what does not end by that is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync();
                await _process.WaitForExitAsync().WaitAsync(Patience);
            }
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        if (ReadyLine().IsMatch(line))
            _ready.TrySetResult(Elapsed);
        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > LinesKept)
                _output.Dequeue();
        }
    }

    private string Output()
    {
        lock (_output)
            return string.Join('\n', _output);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Production says it inside a line of its structured log.
    [GeneratedRegex(@"\bready grpc=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadyLine();
}
