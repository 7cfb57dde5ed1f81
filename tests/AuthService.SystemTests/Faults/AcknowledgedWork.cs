using System.Collections.Concurrent;
using AuthService.SystemTests.Harness;
using AuthService.V1;

namespace AuthService.SystemTests.Faults;

/// <summary>What the service has said it did: all of this has to be there whatever happens to its process.</summary>
public sealed class AcknowledgedWork
{
    private int _answers;
    private int _inFlight;
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _wanted;

    /// <param name="wanted">How many answers are enough to complete <see cref="Enough"/>.</param>
    public AcknowledgedWork(int wanted) => _wanted = wanted;

    /// <summary>A code was promised for these, and not redeemed yet: by verification id.</summary>
    public ConcurrentDictionary<string, Person> SignUpsBegun { get; } = new(StringComparer.Ordinal);

    public ConcurrentBag<(Person Person, Session Session)> SignedUp { get; } = [];

    public ConcurrentBag<(Person Person, Session Session)> LoggedIn { get; } = [];

    public Task Enough => _enough.Task;

    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Calls that are on their way, with no answer yet.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Makes a call, and counts its answer. What must be remembered of it is remembered before the count.</summary>
    public async Task CallAsync<T>(Func<Task<T>> call, Action<T> remember)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            remember(await call());
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }

        if (Interlocked.Increment(ref _answers) == _wanted)
            _enough.SetResult();
    }
}
