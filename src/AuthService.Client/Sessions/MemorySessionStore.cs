namespace AuthService.Client.Sessions;

/// <summary>Keeps the session as long as the process lives.</summary>
public sealed class MemorySessionStore : ISessionStore
{
    private volatile StoredSignIn _stored = StoredSignIn.Empty;

    public ValueTask<StoredSignIn> LoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_stored);

    public ValueTask SaveAsync(StoredSignIn state, CancellationToken cancellationToken)
    {
        _stored = state;
        return ValueTask.CompletedTask;
    }
}
