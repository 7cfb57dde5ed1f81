using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AuthService.SystemTests.Harness;

/// <summary>A process that a test started, and ends. Its output is kept.</summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private const int Terminate = 15; // SIGTERM
    private readonly Process _process;
    private readonly Task _exited;

    private ChildProcess(Process process)
    {
        _process = process;
        Output = new ProcessOutput(process);
        _exited = ExitAsync();
    }

    public ProcessOutput Output { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="program">Found on the path.</param>
    /// <param name="arguments">Each as it is, no shell.</param>
    /// <param name="variables">On top of this process' own; null removes one.</param>
    /// <param name="folder">Its working directory; by default the repository's root.</param>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? variables = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ChildProcess(process);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It takes too long; it is killed then.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? variables = null, TimeSpan? patience = null)
    {
        await using var process = Start(program, arguments, variables);
        var exitCode = await process.WaitAsync(patience ?? TimeSpan.FromMinutes(1));
        return (exitCode, process.Output.Text);
    }

    /// <summary>The exit code; of a process that a signal ended, 128 and the signal's number.</summary>
    public async Task<int> WaitAsync(TimeSpan patience)
    {
        try
        {
            await _exited.WaitAsync(patience);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} is still running after {patience}:\n{Output.Text}", late);
        }

        return _process.ExitCode;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM: what an operator, systemd or Kubernetes sends.</summary>
    public void AskToStop() => Send(_process.Id, Terminate).ShouldBe(0);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _exited;
        _process.Dispose();
    }

    private async Task ExitAsync()
    {
        await _process.WaitForExitAsync();
        Output.End();
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
