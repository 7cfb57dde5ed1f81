using System.Threading.RateLimiting;

namespace AuthService.RateLimiting;

/// <summary>One call, from its arrival to its end: what it is counted for. Disposing of it gives all of that back.</summary>
internal sealed class CallInFlight(CallsInFlight all) : IDisposable
{
    private RateLimitLease? _place;
    private CallerKey? _caller;

    /// <summary>Takes a place among the calls, or the streams, of all callers.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryEnter(bool isStream) => (_place = all.Enter(isStream)) is not null;

    /// <summary>Counts it for a caller, and no longer for the one before: a network's, until it is known whose it is.</summary>
    /// <returns>False if too many of the caller's are under way; it stays with the one before.</returns>
    public bool TryCountFor(CallerKey caller)
    {
        if (!all.TryAdd(caller))
            return false;
        Leave();
        _caller = caller;
        return true;
    }

    public void Dispose()
    {
        Leave();
        _place?.Dispose();
        _place = null;
    }

    private void Leave()
    {
        if (_caller is { } before)
            all.Remove(before);
        _caller = null;
    }
}
