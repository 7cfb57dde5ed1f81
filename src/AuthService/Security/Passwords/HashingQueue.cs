using System.Diagnostics.CodeAnalysis;

namespace AuthService.Security.Passwords;

/// <summary>Work for a hashing thread.</summary>
internal abstract class HashingJob
{
    /// <summary>Does the work, and completes what its caller awaits. Does not throw.</summary>
    public abstract void Run();

    /// <summary>Completes what its caller awaits as cancelled, without doing the work.</summary>
    public abstract void Cancel(CancellationToken cancellationToken);
}

/// <summary>A bounded line of jobs, first in, first out, that a job can leave. Thread-safe.</summary>
internal sealed class HashingQueue(int capacity)
{
    private readonly object _lock = new();
    private readonly LinkedList<HashingJob> _waiting = [];
    private bool _closed;

    /// <summary>Jobs that wait.</summary>
    public int Length
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>False if the line is full or closed.</summary>
    public bool TryAdd(HashingJob job, [NotNullWhen(true)] out LinkedListNode<HashingJob>? place)
    {
        lock (_lock)
        {
            place = _closed || _waiting.Count >= capacity ? null : _waiting.AddLast(job);
            Monitor.Pulse(_lock);
            return place is not null;
        }
    }

    /// <summary>Takes a job out of the line. False if a thread has it already.</summary>
    public bool TryWithdraw(LinkedListNode<HashingJob> place)
    {
        lock (_lock)
        {
            if (place.List is null)
                return false;

            _waiting.Remove(place);
            return true;
        }
    }

    /// <summary>The next job; blocks until there is one. False once the line is closed and empty.</summary>
    public bool TryTake([NotNullWhen(true)] out HashingJob? job)
    {
        lock (_lock)
        {
            while (_waiting.Count == 0 && !_closed)
                Monitor.Wait(_lock);

            job = _waiting.First?.Value;
            if (job is not null)
                _waiting.RemoveFirst();
            return job is not null;
        }
    }

    /// <summary>Lets nobody in any more. Who waits is still served.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Sends everybody away who waits.</summary>
    public void Clear()
    {
        List<HashingJob> sent;
        lock (_lock)
        {
            sent = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var job in sent)
            job.Cancel(CancellationToken.None);
    }
}
