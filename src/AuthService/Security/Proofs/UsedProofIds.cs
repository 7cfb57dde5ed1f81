namespace AuthService.Security.Proofs;

/// <summary>The <c>jti</c> values seen, each until no proof with it could be good any more. Bounded: full, it refuses.</summary>
internal sealed class UsedProofIds(TimeProvider clock)
{
    internal const int Capacity = 1_000_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset ForgetAt, string Id)> _inOrder = new();

    /// <returns>False if it was used before, or if there is no room to remember it: what cannot be remembered is refused.</returns>
    public bool TryUse(string id, TimeSpan rememberFor)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            while (_inOrder.TryPeek(out var oldest) && oldest.ForgetAt <= now)
                _used.Remove(_inOrder.Dequeue().Id);

            if (_used.Count >= Capacity || !_used.Add(id))
                return false;
            _inOrder.Enqueue((now + rememberFor, id));
            return true;
        }
    }
}
