namespace AuthService.Client.Sessions;

/// <summary>Where the app keeps what it must not lose. Implement it over the platform's keychain.</summary>
public interface ISessionStore
{
    /// <returns><see cref="StoredSignIn.Empty"/> if nothing was stored yet.</returns>
    ValueTask<StoredSignIn> LoadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Returns when the state would survive a crash of the process: all of it, or, after an exception, what was stored before. A refresh
    /// token is used only after this returned.
    /// </summary>
    ValueTask SaveAsync(StoredSignIn state, CancellationToken cancellationToken);
}
