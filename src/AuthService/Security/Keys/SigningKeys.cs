using System.Security.Cryptography;

namespace AuthService.Security.Keys;

/// <summary>The ES256 keys of access tokens. Ask each time: they rotate.</summary>
public sealed class SigningKeys(Keyring keyring, TimeProvider clock)
{
    /// <summary>
    /// How long a key is published after another has taken over: twice as long as a token that it signed lives. Until then who
    /// verifies offline finds it.
    /// </summary>
    internal static readonly TimeSpan KeptAfterwards = TimeSpan.FromMinutes(10);

    private volatile SigningKeySet? _set;

    /// <summary>The keys as they are now: the same object as long as nothing about them changes.</summary>
    public SigningKeySet Now
    {
        get
        {
            var set = _set;
            return set is not null && set.Version == keyring.Version && (set.Until is not { } end || clock.GetUtcNow() < end) ? set : Renew();
        }
    }

    // Two at once make the same set twice, and one of the two is kept: which, makes no difference.
    private SigningKeySet Renew() => _set = SigningKeySet.Of(keyring, clock.GetUtcNow());
}

/// <summary>One signs, all are published.</summary>
public sealed class SigningKeySet
{
    private SigningKeySet(SigningKey current, IReadOnlyList<SigningKey> all, int version, DateTimeOffset? until) =>
        (Current, All, Version, Until) = (current, all, version, until);

    /// <summary>Signs new tokens.</summary>
    public SigningKey Current { get; }

    /// <summary>
    /// Those whose signatures are good, the current one first: the JWKS. Among them are keys that will sign soon, for those who keep a
    /// copy of it.
    /// </summary>
    public IReadOnlyList<SigningKey> All { get; }

    /// <summary>The keyring's that it was made of.</summary>
    internal int Version { get; }

    /// <summary>When a key takes over or leaves next, if one does.</summary>
    internal DateTimeOffset? Until { get; }

    internal static SigningKeySet Of(Keyring keyring, DateTimeOffset now)
    {
        // A key's end is when the one after it took over, and the time on top.
        var version = keyring.Version;
        var keys = keyring.All(KeyUse.Signing);
        var dated = keys.OrderByDescending(key => key.Begins)
            .Aggregate(
                new List<(Key Key, DateTimeOffset? Ends)>(),
                (list, key) => [.. list, (key, list.Count == 0 ? null : list[^1].Key.Begins + SigningKeys.KeptAfterwards)]);
        var good = dated.Where(entry => entry.Key == keys[0] || entry.Ends is not { } end || end > now).ToList();
        var changes = good.SelectMany(entry => new[] { entry.Key.Begins, entry.Ends }).Where(at => at > now);
        return new SigningKeySet(
            new SigningKey(keys[0]),
            [.. keys.Where(key => good.Exists(entry => entry.Key == key)).Select(key => new SigningKey(key))],
            version,
            changes.Min());
    }
}

/// <summary>An ECDSA P-256 key of this service.</summary>
public sealed class SigningKey
{
    private readonly Key _key;

    internal SigningKey(Key key)
    {
        _key = key;
        using var signing = Open();
        Public = signing.ExportParameters(includePrivateParameters: false);
    }

    /// <summary>The JWT's <c>kid</c>.</summary>
    public KeyId Id => _key.Id;

    /// <summary>The public point; what a JWK shows.</summary>
    public ECParameters Public { get; }

    /// <summary>The key, to sign with. The caller disposes of it, and does not share it between threads.</summary>
    public ECDsa Open() => Open(_key.Material);

    internal static ECDsa Open(ReadOnlySpan<byte> pkcs8)
    {
        var signing = ECDsa.Create();
        try
        {
            signing.ImportPkcs8PrivateKey(pkcs8, out _);
            return signing;
        }
        catch
        {
            signing.Dispose();
            throw;
        }
    }
}
