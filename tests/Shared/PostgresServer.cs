using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AuthService.Tests.Shared;

/// <summary>A PostgreSQL of this process' own, on loopback: real, and gone with it. Not durable unless it is asked to be.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string[] _arguments;
    private Process _process;

    private PostgresServer(string folder, string[] arguments, int port)
    {
        (_folder, _arguments, Port) = (folder, arguments, port);
        _process = Start(Program("postgres"), arguments);
        AppDomain.CurrentDomain.ProcessExit += KillWithUs;
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>Of everything that is part of it at the moment.</summary>
    public IEnumerable<int> ProcessIds()
    {
        var parent = ProcessId.ToString(CultureInfo.InvariantCulture);
        using var found = Process.Start(new ProcessStartInfo("pgrep", ["-P", parent]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var children = found.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        found.WaitForExit();
        return [ProcessId, .. children.Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
    }

    /// <param name="isDurable">Whether what it acknowledged must survive a crash of it. Contract tests do without, and are faster.</param>
    /// <param name="settings">Further lines of its configuration.</param>
    public static Task<PostgresServer> StartAsync(bool isDurable = false, params IReadOnlyList<string> settings) =>
        StartInAsync(Directory.CreateTempSubdirectory("authservice-postgres-").FullName, isDurable, settings);

    /// <summary>Starts one whose files are on a disk of their own.</summary>
    public static Task<PostgresServer> StartOnAsync(string disk, bool isDurable, params IReadOnlyList<string> settings) =>
        StartInAsync(Directory.CreateDirectory(Path.Combine(disk, "postgres")).FullName, isDurable, settings);

    /// <summary>For Npgsql.</summary>
    public string Of(string database) => Of(database, Port);

    /// <summary>For Npgsql, by another port that leads there.</summary>
    public static string Of(string database, int port) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Database={database};Username={User};Include Error Detail=true");

    /// <summary>Runs statements in a database; false if the last one affected nothing.</summary>
    public async Task<bool> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Of(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync() != 0;
    }

    /// <summary>What a query's first row says in its first column.</summary>
    public async Task<object?> AskAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Of(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Kills it, all of its processes at once, as a power cut would.</summary>
    public async Task CrashAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it again if it gave up; waits until it answers.</summary>
    public async Task StartAgainIfEndedAsync()
    {
        try
        {
            await WaitUntilReadyAsync();
        }
        catch (NpgsqlException) when (_process.HasExited)
        {
            await StartAgainAsync();
        }
    }

    /// <summary>Starts it again on what the crash left.</summary>
    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Start(Program("postgres"), _arguments);
        await WaitUntilReadyAsync();
    }

    /// <summary>Stops all of its processes, which keep their connections; <c>CONT</c> lets them go on.</summary>
    public async Task SignalAsync(string signal)
    {
        // The parent first: from then on there are no new ones.
        await RunAsync("kill", $"-{signal}", ProcessId.ToString(CultureInfo.InvariantCulture));
        await RunAsync("kill", [$"-{signal}", .. ProcessIds().Select(process => process.ToString(CultureInfo.InvariantCulture))]);
    }

    public Task WaitUntilReadyAsync() => Eventually.TrueAsync(AnswersAsync, Patience, "PostgreSQL answers");

    private static async Task<PostgresServer> StartInAsync(string folder, bool isDurable, IReadOnlyList<string> settings)
    {
        var data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", User, folder);
        await RunAsync(Program("initdb"), "--pgdata", data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync");

        var port = FreePort();
        string[] durability = isDurable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
        string[] all =
        [
            $"port={port.ToString(CultureInfo.InvariantCulture)}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300",
            "shared_buffers=128MB", .. durability, .. settings,
        ];
        var server = new PostgresServer(folder, ["-D", data, .. all.SelectMany(setting => (string[])["-c", setting])], port);
        await server.WaitUntilReadyAsync();
        return server;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await AskAsync(User, "SELECT 1");
            return true;
        }
        catch (NpgsqlException) when (!_process.HasExited)
        {
            return false;
        }
    }

    private void KillWithUs(object? sender, EventArgs arguments) => Kill();

    private void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    private static string Program(string name) =>
        Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", name)).LastOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"PostgreSQL's {name} is not installed. Run: eng/install-test-tools");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = program is "chown" or "kill" ? Process.Start(program, arguments)! : Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>It refuses to run as root.</summary>
    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        string[] whole = Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(whole[0], whole[1..]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
