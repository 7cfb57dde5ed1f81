using AuthService.Protocol;
using AuthService.V1;
using Grpc.Core;

namespace AuthService.Client.Sessions;

/// <summary>
/// Holds the session and renews it: one refresh at a time, however many callers wait for it, and its successor is stored
/// before anybody uses it. So a crash at any moment leaves a refresh token that the service still takes.
/// </summary>
internal sealed class SessionKeeper(
    AuthServiceClientOptions options, Func<ClientSession, CancellationToken, Task<Session>> exchange) : IDisposable
{
    private readonly ISessionStore _store = options.SessionStore;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Lock _starting = new();
    private Task<ClientSession>? _refreshing;
    private volatile StoredSignIn? _held;

    public async ValueTask<StoredSignIn> StateAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held)
            return held;

        await _changing.WaitAsync(cancellationToken);
        try
        {
            return await LoadedAsync(cancellationToken);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>The session, renewed if its access token is about to end.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public async ValueTask<ClientSession> CurrentAsync(CancellationToken cancellationToken)
    {
        var session = (await StateAsync(cancellationToken)).Session ?? throw NotSignedIn();
        if (!IsEnding(session))
            return session;

        try
        {
            return await RefreshAsync(session, cancellationToken);
        }
        catch (Exception problem) when (IsPassing(problem) && options.Clock.GetUtcNow() < session.AccessExpiresAt)
        {
            return session; // good for a moment yet; the next call tries again
        }
    }

    /// <summary>Renews the session. Who calls while a refresh is running gets the result of that one.</summary>
    /// <param name="stale">The session to be replaced: if another one is held by now, that one is the answer.</param>
    /// <param name="cancellationToken">Ends this caller's wait, not the refresh.</param>
    public Task<ClientSession> RefreshAsync(ClientSession stale, CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            if (_refreshing is null || _refreshing.IsCompleted)
                _refreshing = Task.Run(() => ExchangeAsync(stale), CancellationToken.None);

            return _refreshing.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stores a session that the service gave, and answers with it.</summary>
    public async Task<ClientSession> KeepAsync(Session session, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            return await StoreAsync(session, await LoadedAsync(cancellationToken));
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stores what <paramref name="change"/> makes of the state.</summary>
    public async Task ChangeAsync(Func<StoredSignIn, StoredSignIn> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            await StoreAsync(change(await LoadedAsync(cancellationToken)));
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Whether this reason means that there is no session any more.</summary>
    public static bool IsOver(string reason) => reason
        is ErrorReasons.SessionExpired or ErrorReasons.SessionRevoked or ErrorReasons.SessionReused or ErrorReasons.SessionUnknown;

    public void Dispose() => _changing.Dispose();

    private async Task<ClientSession> ExchangeAsync(ClientSession stale)
    {
        using var timeout = new CancellationTokenSource(options.RefreshTimeout, options.Clock);
        try
        {
            return await ExchangeInTurnAsync(stale, timeout.Token);
        }
        catch (OperationCanceledException late) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"The session could not be refreshed within {options.RefreshTimeout}.", late);
        }
    }

    private async Task<ClientSession> ExchangeInTurnAsync(ClientSession stale, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            // From the store, not from memory: another process with the same store may have been faster.
            var state = _held = await _store.LoadAsync(cancellationToken);
            var session = state.Session ?? throw NotSignedIn();
            if (session.RefreshToken != stale.RefreshToken && !IsEnding(session))
                return session;

            try
            {
                return await StoreAsync(await exchange(session, cancellationToken), state);
            }
            catch (AuthServiceException refusal) when (IsOver(refusal.Reason))
            {
                await ForgetAsync(session);
                throw;
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    // Only in turn: a load that came late would bring back what was replaced meanwhile.
    private async ValueTask<StoredSignIn> LoadedAsync(CancellationToken cancellationToken) =>
        _held ??= await _store.LoadAsync(cancellationToken);

    // Without a token to cancel by: what the service has given must not be lost on the way.
    private async Task<ClientSession> StoreAsync(Session session, StoredSignIn before)
    {
        var after = ClientSession.From(session);
        await StoreAsync(before with
        {
            Session = after,
            DeviceToken = session.DeviceToken.Length > 0 ? session.DeviceToken : before.DeviceToken,
            DeviceId = session.DeviceId.Length > 0 ? session.DeviceId : before.DeviceId,
        });
        return after;
    }

    // What another process stored while the service was asked is not what the service refused.
    private async Task ForgetAsync(ClientSession refused)
    {
        var state = _held = await _store.LoadAsync(CancellationToken.None);
        if (state.Session?.RefreshToken == refused.RefreshToken)
            await StoreAsync(state with { Session = null });
    }

    private async Task StoreAsync(StoredSignIn state)
    {
        await _store.SaveAsync(state, CancellationToken.None);
        _held = state;
    }

    private bool IsEnding(ClientSession session) => session.AccessExpiresAt - options.Clock.GetUtcNow() <= options.RefreshAhead;

    private static bool IsPassing(Exception problem) => problem is TimeoutException
        or AuthServiceException { StatusCode: StatusCode.Unavailable or StatusCode.ResourceExhausted };

    private static InvalidOperationException NotSignedIn() => new("Nobody is signed in.");
}
