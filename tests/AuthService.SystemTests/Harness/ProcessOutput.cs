using System.Diagnostics;

namespace AuthService.SystemTests.Harness;

/// <summary>What a process wrote to stdout and stderr, line by line, as it comes.</summary>
public sealed class ProcessOutput
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    public ProcessOutput(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Text
    {
        get
        {
            lock (_lock)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>To be told once the process has exited and its pipes are drained: waiters then learn that nothing more comes.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            _more.TrySetResult();
        }
    }

    /// <summary>The first line that is wanted, past or future; null if the process ends without it.</summary>
    public async Task<string?> FirstAsync(Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_lines.Find(line => isWanted(line)) is { } found)
                    return found;
                if (_ended)
                    return null;
                more = _more.Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    private void Add(string? line)
    {
        if (line is null)
            return;

        lock (_lock)
        {
            _lines.Add(line);
            _more.TrySetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
