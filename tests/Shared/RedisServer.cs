using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace AuthService.Tests.Shared;

/// <summary>A Redis of this process' own, on loopback; it keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private Process? _process;

    private RedisServer(int port)
    {
        Port = port;
        AppDomain.CurrentDomain.ProcessExit += KillWithUs;
    }

    public int Port { get; }

    public int ProcessId => _process!.Id;

    /// <summary>For StackExchange.Redis.</summary>
    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public static async Task<RedisServer> StartAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var server = new RedisServer(port);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts it again, empty, after <see cref="Stop"/>.</summary>
    public async Task RestartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "redis-server", ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();

        await Eventually.TrueAsync(AnswersAsync, Patience, "redis-server answers");
    }

    /// <summary>Kills it: what it held is gone.</summary>
    public async Task StopAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary><c>STOP</c> has it stand still, with its connections; <c>CONT</c> lets it go on.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", ProcessId.ToString(CultureInfo.InvariantCulture)])!;
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"kill ended with {kill.ExitCode}.");
    }

    /// <summary>How many connections a client of this name has.</summary>
    public async Task<int> ConnectionsAsync(string client)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Configuration + ",allowAdmin=true");
        return (await connection.GetServers()[0].ClientListAsync()).Count(one => one.Name == client);
    }

    /// <summary>Writes over every key with what nobody expects there; returns how many there were.</summary>
    public async Task<int> SpoilAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Configuration);
        var (database, spoilt) = (connection.GetDatabase(), 0);
        await foreach (var key in connection.GetServers()[0].KeysAsync(pageSize: 1000))
        {
            await database.KeyDeleteAsync(key);
            await ((spoilt++ % 4) switch
            {
                0 => (Task)database.ListLeftPushAsync(key, "junk"),
                1 => database.HashSetAsync(key, "junk", "junk"),
                2 => database.StringSetAsync(key, "junk"),
                _ => database.StringSetAsync(key, "1e300"),
            });
        }

        return spoilt;
    }

    /// <summary>Forgets everything.</summary>
    public async Task EmptyAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Configuration + ",allowAdmin=true");
        await connection.GetServers()[0].FlushAllDatabasesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        if (!_process!.HasExited)
            await StopAsync();
        _process.Dispose();
    }

    private void KillWithUs(object? sender, EventArgs arguments) => _process?.Kill();

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(Configuration + ",connectTimeout=500");
            return connection.IsConnected;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }
}
