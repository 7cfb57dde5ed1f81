using System.Runtime.InteropServices;

namespace AuthService.Security.Passwords;

/// <summary>A thread that does what stands in the line, until the line is closed and empty.</summary>
internal sealed partial class HashingThread
{
    private const int PriorityOfProcess = 0; // PRIO_PROCESS; with a thread's id it means that thread

    private readonly Thread _thread;
    private readonly HashingQueue _queue;
    private readonly Action<HashingJob> _run;
    private readonly int _nice;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource<int> _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HashingThread(int number, int nice, HashingQueue queue, Action<HashingJob> run, ILogger logger)
    {
        _nice = nice;
        _queue = queue;
        _run = run;
        _logger = logger;
        _thread = new Thread(Work) { Name = $"hashing {number}", IsBackground = true, Priority = ThreadPriority.BelowNormal };
    }

    /// <summary>The kernel's id of the thread, once it runs and has its priority; 0 where there is none to be had.</summary>
    public Task<int> ThreadId => _running.Task;

    /// <summary>Completes when the thread has ended; at once if it never started.</summary>
    public Task Ended => _thread.ThreadState.HasFlag(ThreadState.Unstarted) ? Task.CompletedTask : _ended.Task;

    public void Start() => _thread.Start();

    private void Work()
    {
        _running.SetResult(OperatingSystem.IsLinux() ? LowerPriority() : 0);
        while (_queue.TryTake(out var job))
            _run(job);
        _ended.SetResult();
    }

    /// <remarks><see cref="Thread.Priority"/> does nothing on Linux. There a nice value belongs to a thread, setpriority(2).</remarks>
    private int LowerPriority()
    {
        try
        {
            var id = CurrentThreadId();
            if (SetPriority(PriorityOfProcess, id, _nice) != 0)
                _logger.PriorityUnchanged(Marshal.GetLastPInvokeError());
            return id;
        }
        catch (EntryPointNotFoundException)
        {
            _logger.PriorityUnchanged(error: 0); // a C library without gettid(2): glibc before 2.30
            return 0;
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int CurrentThreadId();

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int nice);
}
