using System.Globalization;

namespace AuthService.Security.Keys;

/// <summary>Changes a keyring's file: adds keys that take over, and takes out those that somebody else may have.</summary>
/// <remarks>
/// <code>
///              added            takes over                          nothing is kept under it
/// new key        ├─ checks only ──┼─ makes and checks ────────────────────────────
/// old key  ──────┼────────────────┴─ checks only ─────────────────────────────────
///   its values                      KEK, blind index: moved to the new one ──┤ (compromised: leaves)
/// </code>
/// The lead is there for replicas and services that read the new key later than others, and for copies of the JWKS. Processes take
/// turns at the file (<see cref="DurableFile.Lock"/>); each change is whole or not there.
/// </remarks>
public sealed class KeyringRotation(string path, TimeProvider clock)
{
    /// <summary>How long a new key only checks, if nobody says otherwise: twice as long as others may keep the JWKS.</summary>
    public static readonly TimeSpan UsualLead = TimeSpan.FromMinutes(10);

    /// <summary>Some times as long as it takes the last replica to notice.</summary>
    public static readonly TimeSpan ShortestLead = TimeSpan.FromSeconds(5);

    /// <summary>For keyrings that are handed out by hand.</summary>
    public static readonly TimeSpan LongestLead = TimeSpan.FromDays(7);

    private const int Tries = 50;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The uses whose keys can be replaced. Not the others: what they make is compared with what was made earlier, by counters and
    /// filters that would start over.
    /// </summary>
    public static IReadOnlyList<KeyUse> Rotated { get; } =
    [
        KeyUse.Signing, KeyUse.Kek, KeyUse.Pepper, KeyUse.BlindIndex, KeyUse.Challenge, KeyUse.Refresh, KeyUse.Cursor, KeyUse.OneTimeCode,
        KeyUse.Messages, KeyUse.EcvMac,
    ];

    /// <summary>
    /// The uses whose compromised keys leave the keyring: at once, or, where values that only they open can be moved, after that. A
    /// message that waits and an ECV that somebody keeps could not be read any more.
    /// </summary>
    public static bool CanBeCompromised(KeyUse use) => Rotated.Contains(use) && use is not (KeyUse.Messages or KeyUse.EcvMac);

    /// <summary>What of a rotation cannot be done, by the names of its parts: <c>compromised</c>, <c>lead</c>.</summary>
    /// <param name="use">One of <see cref="Rotated"/>.</param>
    /// <param name="lead">What was asked for, or null for what is usual.</param>
    /// <param name="compromised">Whether the keys before it go at once.</param>
    public static IEnumerable<(string Part, string Problem)> ProblemsOf(KeyUse use, TimeSpan? lead, bool compromised)
    {
        if (compromised && !CanBeCompromised(use))
            yield return ("compromised", "What keys of this use made could not be read any more: rotate it without.");
        if (compromised && lead is not null)
            yield return ("lead", "Must be unset: compromised keys are replaced at once.");
        else if (lead < ShortestLead || lead > LongestLead)
            yield return ("lead", string.Create(CultureInfo.InvariantCulture, $"Must be {ShortestLead.TotalSeconds} to {LongestLead.TotalSeconds} seconds."));
    }

    /// <summary>How long the new key only checks.</summary>
    /// <inheritdoc cref="ProblemsOf"/>
    public static TimeSpan LeadOf(TimeSpan? lead, bool compromised) => compromised ? TimeSpan.Zero : lead ?? UsualLead;

    /// <summary>Whether the values of a use move to its new key by themselves: see <see cref="IRekeyed"/>.</summary>
    public static bool Moves(KeyUse use) => use is KeyUse.Kek or KeyUse.BlindIndex;

    /// <summary>The whole of it, for who has the file and no running service.</summary>
    /// <param name="use">One of <see cref="Rotated"/>.</param>
    /// <param name="lead">How long the new key only checks; zero for compromised ones.</param>
    /// <param name="compromised">Whether all keys before it go, see <see cref="DistrustAsync"/>.</param>
    /// <returns>The new key.</returns>
    /// <inheritdoc cref="AddAsync"/>
    public async Task<Key> RotateAsync(KeyUse use, TimeSpan lead, bool compromised, CancellationToken cancellationToken)
    {
        var key = Prepare(use, lead);
        await AddAsync(key, cancellationToken);
        if (compromised)
            await DistrustAsync(use, key.Id, cancellationToken);
        return key;
    }

    /// <summary>A key that takes over after <paramref name="lead"/>. It is nowhere yet.</summary>
    internal Key Prepare(KeyUse use, TimeSpan lead) => KeyringFile.Generate(use, clock, lead);

    /// <summary>Adds a key. Again without harm.</summary>
    /// <exception cref="KeyringException">The file is no keyring.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it.</exception>
    internal Task AddAsync(Key key, CancellationToken cancellationToken) =>
        ChangeAsync(keys => keys.Any(known => known.Id == key.Id) ? keys : [.. keys, key], cancellationToken);

    /// <summary>Takes a key out. Again without harm.</summary>
    /// <inheritdoc cref="AddAsync"/>
    internal Task RemoveAsync(KeyId id, CancellationToken cancellationToken) =>
        ChangeAsync(keys => [.. keys.Where(key => key.Id != id)], cancellationToken);

    /// <summary>
    /// Takes out all keys of a use but one, or, where values have to move first, has them open what they sealed and nothing else until
    /// that is done. Again without harm.
    /// </summary>
    /// <param name="use">One that <see cref="CanBeCompromised"/>.</param>
    /// <param name="trusted">The one that stays; keys that came after it are not touched.</param>
    /// <inheritdoc cref="AddAsync"/>
    internal Task DistrustAsync(KeyUse use, KeyId trusted, CancellationToken cancellationToken) =>
        ChangeAsync(
            keys =>
            {
                var since = keys.Single(key => key.Id == trusted).Created;
                return [.. keys.Select(key => IsOld(key) ? (Moves(use) ? key.As(KeyState.Compromised) : null) : key).OfType<Key>()];

                bool IsOld(Key key) => key.Use == use && key.Id != trusted && key.Created <= since;
            },
            cancellationToken);

    private async Task ChangeAsync(Func<Key[], Key[]> change, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var keys = KeyringFile.ReadKeys(path);
        var changed = change(keys);
        if (!changed.SequenceEqual(keys))
            KeyringFile.Write(path, changed);
    }

    private async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return DurableFile.Lock(path);
            }
            catch (IOException) when (attempt < Tries)
            {
                // Another process has it, for as long as a small file takes.
                await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
            }
        }
    }
}
