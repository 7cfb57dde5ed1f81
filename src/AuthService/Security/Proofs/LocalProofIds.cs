namespace AuthService.Security.Proofs;

/// <summary>Remembered in this process. Bounded: full, it refuses.</summary>
internal sealed class LocalProofIds(TimeProvider clock) : IUsedProofIds
{
    internal const int Capacity = 1_000_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset ForgetAt, string Id)> _inOrder = new();

    public ValueTask<bool> TryUseAsync(string id, TimeSpan rememberFor, CancellationToken cancellationToken) => ValueTask.FromResult(TryUse(id, rememberFor));

    private bool TryUse(string id, TimeSpan rememberFor)
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
