using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace AuthService.Security.Keys;

/// <summary>The service's own keys, which live outside the database (see <see cref="KeyringFile"/>).</summary>
/// <remarks>
/// Thread-safe. What it holds is replaced whole when the file changes (<see cref="KeyringWatch"/>): ask it each time, and keep no key
/// for longer than one piece of work. Disposing of it overwrites the keys.
/// </remarks>
public sealed class Keyring : IDisposable
{
    private readonly TimeProvider _clock;
    private volatile Content _content;

    /// <param name="keys">At least one key that may make values now, for each use.</param>
    /// <param name="clock">Says when a key takes over. Null: the system's.</param>
    /// <exception cref="KeyringException">A use has no active key, or two keys share an id.</exception>
    internal Keyring(IReadOnlyCollection<Key> keys, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _content = Content.Of(keys, _clock.GetUtcNow());
    }

    /// <summary>Another number whenever the keys were replaced: for who keeps something that was made of them.</summary>
    internal int Version => _content.Version;

    /// <summary>The key that makes new values: the one that took over last.</summary>
    public Key Current(KeyUse use)
    {
        var keys = _content.Keys[use];
        return keys.Length == 1 ? keys[0] : CurrentOf(keys, _clock.GetUtcNow());
    }

    /// <summary>The key that made an older value, active or retired. False if the keyring does not have it (any more).</summary>
    public bool TryGet(KeyUse use, KeyId id, [NotNullWhen(true)] out Key? key)
    {
        key = Array.Find(_content.Keys[use], candidate => candidate.Id == id);
        return key is not null;
    }

    /// <summary>All keys of a use, the current one first: for values that do not say which key made them.</summary>
    public IReadOnlyList<Key> All(KeyUse use)
    {
        var keys = _content.Keys[use];
        if (keys.Length == 1)
            return keys;
        var current = CurrentOf(keys, _clock.GetUtcNow());
        return [current, .. keys.Where(key => key != current)];
    }

    /// <summary>The key that took over first: for what is only counted by, and would start over with another one.</summary>
    internal Key Oldest(KeyUse use) => _content.Keys[use][^1];

    /// <summary>All keys of all uses.</summary>
    internal IReadOnlyList<Key> Everything() => [.. _content.Keys.Values.SelectMany(keys => keys)];

    /// <summary>
    /// Takes other keys. Those that have left are not overwritten: somebody may be at work with them; they are the garbage
    /// collector's.
    /// </summary>
    /// <exception cref="KeyringException">As the constructor's; then nothing has changed.</exception>
    internal void Replace(IReadOnlyCollection<Key> keys)
    {
        var next = Content.Of(keys, _clock.GetUtcNow());
        _content = next with { Version = _content.Version + 1 };
    }

    public void Dispose()
    {
        foreach (var key in Everything())
            key.Erase();
    }

    private static Key CurrentOf(Key[] keys, DateTimeOffset now) =>
        Array.Find(keys, key => key.Makes(now)) ?? throw new KeyringException($"no active key for: {KeyringFile.NameOf(keys[0].Use)}");

    /// <param name="Keys">By use, the one that takes over last first.</param>
    private sealed record Content(FrozenDictionary<KeyUse, Key[]> Keys, int Version)
    {
        public static Content Of(IReadOnlyCollection<Key> keys, DateTimeOffset now)
        {
            var missing = KeyringFile.UsesWithoutKey(keys, now);
            if (missing.Count > 0)
                throw new KeyringException($"no active key for: {string.Join(", ", missing.Select(KeyringFile.NameOf))}");

            if (keys.DistinctBy(key => key.Id).Count() < keys.Count)
                throw new KeyringException("two keys have the same id");

            var byUse = keys.GroupBy(key => key.Use).ToFrozenDictionary(
                group => group.Key,
                group => group.OrderByDescending(key => key.Begins).ThenByDescending(key => key.Created).ToArray());
            return new Content(byUse, Version: 0);
        }
    }
}

/// <summary>The keyring cannot be used. The message says why, and never contains key material.</summary>
public sealed class KeyringException(string problem, Exception? cause = null) : Exception(problem, cause);
