using System.Globalization;

namespace AuthService.SystemTests.Harness;

/// <summary>Has each flush to disk of a program and its children take longer: <c>strace</c> holds their <c>fsync</c> and <c>fdatasync</c> up.</summary>
public sealed class SlowDisk : IAsyncDisposable
{
    private readonly ChildProcess _strace;

    private SlowDisk(ChildProcess strace) => _strace = strace;

    /// <summary>How often something waited so far.</summary>
    public int Flushes => _strace.Output.Text.Split('\n').Count(line => line.Contains("(DELAYED)", StringComparison.Ordinal));

    /// <param name="delay">Of each flush, on top of what it takes.</param>
    /// <param name="processes">With all of their threads; children that come later too.</param>
    public static SlowDisk Of(TimeSpan delay, IEnumerable<int> processes)
    {
        var microseconds = ((long)delay.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        return new SlowDisk(ChildProcess.Start(
            "strace",
            [
                "--follow-forks", "--quiet=attach,exit", "--signal=none", "--trace=fsync,fdatasync", $"--inject=fsync,fdatasync:delay_exit={microseconds}",
                .. processes.SelectMany(process => (string[])["--attach", process.ToString(CultureInfo.InvariantCulture)]),
            ]));
    }

    /// <summary>Lets them go on as before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_strace.HasExited)
            _strace.AskToStop();
        await _strace.WaitAsync(TimeSpan.FromSeconds(30));
        await _strace.DisposeAsync();
    }
}
