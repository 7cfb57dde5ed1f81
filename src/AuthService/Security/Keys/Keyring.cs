using System.Diagnostics.CodeAnalysis;

namespace AuthService.Security.Keys;

/// <summary>The service's own keys, which live outside the database (see <see cref="KeyringFile"/>).</summary>
/// <remarks>Read once at start and never changed; thread-safe. Disposing of it overwrites the keys.</remarks>
public sealed class Keyring : IDisposable
{
    private readonly Dictionary<KeyUse, Key[]> _keys;
    private readonly Dictionary<KeyUse, Key> _current;

    /// <param name="keys">At least one active key for each use.</param>
    /// <exception cref="KeyringException">A use has no active key, or two keys share an id.</exception>
    internal Keyring(IReadOnlyCollection<Key> keys)
    {
        var missing = KeyringFile.UsesWithoutKey(keys);
        if (missing.Count > 0)
            throw new KeyringException($"no active key for: {string.Join(", ", missing.Select(KeyringFile.NameOf))}");

        if (keys.DistinctBy(key => key.Id).Count() < keys.Count)
            throw new KeyringException("two keys have the same id");

        _keys = keys.GroupBy(key => key.Use).ToDictionary(group => group.Key, group => group.OrderByDescending(key => key.Created).ToArray());
        _current = _keys.ToDictionary(entry => entry.Key, entry => entry.Value.First(key => key.State == KeyState.Active));
    }

    /// <summary>The key that makes new values: the newest active one.</summary>
    public Key Current(KeyUse use) => _current[use];

    /// <summary>The key that made an older value, active or retired. False if the keyring does not have it (any more).</summary>
    public bool TryGet(KeyUse use, KeyId id, [NotNullWhen(true)] out Key? key)
    {
        key = Array.Find(_keys[use], candidate => candidate.Id == id);
        return key is not null;
    }

    /// <summary>All keys of a use, the newest first: for values that do not say which key made them.</summary>
    public IReadOnlyList<Key> All(KeyUse use) => _keys[use];

    public void Dispose()
    {
        foreach (var key in _keys.Values.SelectMany(keys => keys))
            key.Erase();
    }
}

/// <summary>The keyring cannot be used. The message says why, and never contains key material.</summary>
public sealed class KeyringException(string problem, Exception? cause = null) : Exception(problem, cause);
