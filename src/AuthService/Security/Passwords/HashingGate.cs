using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace AuthService.Security.Passwords;

/// <summary>The answer of the gate.</summary>
/// <param name="RetryAfter">Null if the work was done; else there was no room for it.</param>
/// <param name="Value">What the work returned, if it was done.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Gated<T>(TimeSpan? RetryAfter, T? Value)
{
    [MemberNotNullWhen(false, nameof(Value))]
    [MemberNotNullWhen(true, nameof(RetryAfter))]
    public bool Overloaded => RetryAfter is not null;
}

/// <summary>
/// What takes milliseconds of a core runs behind this gate: on threads of its own, as many as there are cores, at a lower
/// priority than the threads that answer calls. The line before it is bounded; beyond that it sheds, since a login that waits for
/// seconds is one that its caller gave up and sends again.
/// </summary>
internal sealed class HashingGate : IDisposable
{
    // The estimate follows the last hundred jobs or so, and starts at what libsodium takes for one hash on a common core.
    private const double Smoothing = 1.0 / 64;
    private static readonly TimeSpan FirstGuess = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LeastRetry = TimeSpan.FromMilliseconds(50);

    private readonly HashingQueue _queue;
    private readonly HashingThread[] _threads;
    private readonly HashingMetrics _metrics;
    private readonly TimeProvider _clock;
    private long _ticksOfJob = FirstGuess.Ticks;

    public HashingGate(IOptions<PasswordHashOptions> options, HashingMetrics metrics, TimeProvider clock, ILogger<HashingGate> logger)
    {
        var threads = options.Value.Threads == 0 ? Environment.ProcessorCount : options.Value.Threads;
        _queue = new HashingQueue(options.Value.QueueLength);
        _threads = [.. Enumerable.Range(1, threads).Select(number => new HashingThread(number, options.Value.Nice, _queue, Measure, logger))];
        _metrics = metrics;
        _clock = clock;
        metrics.Observe(_queue);
    }

    /// <summary>Jobs in line.</summary>
    internal int Waiting => _queue.Length;

    public IReadOnlyList<HashingThread> Threads => _threads;

    public void Start()
    {
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Lets nobody in any more and serves who waits; when <paramref name="cancellationToken"/> ends, sends them away.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Close();
        await using (cancellationToken.UnsafeRegister(queue => ((HashingQueue)queue!).Clear(), _queue))
            await Task.WhenAll(_threads.Select(thread => thread.Ended));
    }

    /// <summary>Runs <paramref name="work"/> on a hashing thread, or says when to come back.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited: it will not run. Once it runs, it runs to its end.</exception>
    public async Task<Gated<T>> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new Job<T>(work);
        if (!_queue.TryAdd(job, out var place))
        {
            _metrics.Shed();
            return new Gated<T>(EstimatedWait(), default);
        }

        await using (cancellationToken.UnsafeRegister(_ => Withdraw(job, place, cancellationToken), null))
            return new Gated<T>(null, await job.Answer);
    }

    /// <summary>For a host that never got to stop: the threads end, and nobody waits for them.</summary>
    public void Dispose()
    {
        _queue.Close();
        _queue.Clear();
    }

    private void Withdraw(HashingJob job, LinkedListNode<HashingJob> place, CancellationToken cancellationToken)
    {
        if (!_queue.TryWithdraw(place))
            return;

        _metrics.Withdrawn();
        job.Cancel(cancellationToken);
    }

    /// <summary>How long those take who are in line now.</summary>
    private TimeSpan EstimatedWait()
    {
        var rounds = (_queue.Length / _threads.Length) + 1;
        var wait = TimeSpan.FromTicks(Interlocked.Read(ref _ticksOfJob) * rounds);
        return wait > LeastRetry ? wait : LeastRetry;
    }

    private void Measure(HashingJob job)
    {
        var started = _clock.GetTimestamp();
        job.Run();
        var elapsed = _clock.GetElapsedTime(started);
        _metrics.Done(elapsed);

        // Two threads that end at once may lose one measurement; the estimate does not mind.
        var before = Interlocked.Read(ref _ticksOfJob);
        Interlocked.Exchange(ref _ticksOfJob, before + (long)((elapsed.Ticks - before) * Smoothing));
    }

    private sealed class Job<T>(Func<T> work) : HashingJob
    {
        // What comes after the answer is not for the low-priority thread to run.
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Answer => _answer.Task;

        public override void Run()
        {
            try
            {
                _answer.SetResult(work());
            }
            catch (Exception fault)
            {
                _answer.SetException(fault);
            }
        }

        public override void Cancel(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);
    }
}
