namespace AuthService.Security.Keys;

/// <summary>What is stored under keys of one use, and can be stored under another: so an old key is needed no more.</summary>
public interface IRekeyed
{
    KeyUse Use { get; }

    /// <summary>How many values are under a key.</summary>
    /// <exception cref="Storage.StoreUnavailableException">The store could not be reached.</exception>
    Task<long> CountAsync(KeyId key, CancellationToken cancellationToken);

    /// <summary>
    /// Moves all of them to the current key, some at a time, while the service serves. Replicas that do so at once do not harm each
    /// other. What cannot be moved stays, and is told in the log.
    /// </summary>
    /// <returns>How many.</returns>
    /// <inheritdoc cref="CountAsync"/>
    Task<long> MoveAsync(KeyId from, CancellationToken cancellationToken);
}
