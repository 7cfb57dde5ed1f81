using System.Security.Cryptography;

namespace AuthService.Security.Keys;

/// <summary>Whether a key still makes new values.</summary>
public enum KeyState
{
    /// <summary>Makes and checks. The newest active key of a use is the current one.</summary>
    Active,

    /// <summary>Checks what it made earlier, and makes nothing new.</summary>
    Retired,

    /// <summary>Somebody else may have it. Reads what is still kept under it until that has moved to another key, and is then removed.</summary>
    Compromised,
}

/// <summary>One key of the keyring. Valid until the <see cref="Keyring"/> is disposed of, also when it has left the keyring before.</summary>
public sealed class Key
{
    /// <summary>Bytes of MAC and encryption keys, and of what <see cref="Mac(ReadOnlySpan{byte})"/> returns.</summary>
    public const int Size = 32;

    private readonly byte[] _material;

    internal Key(KeyId id, KeyUse use, DateTimeOffset created, KeyState state, byte[] material, DateTimeOffset? activates = null)
    {
        Id = id;
        Use = use;
        Created = created;
        State = state;
        Activates = activates;
        _material = material;
    }

    public KeyId Id { get; }
    public KeyUse Use { get; }
    public DateTimeOffset Created { get; }
    public KeyState State { get; }

    /// <summary>
    /// From when it makes values; null: since it was made. It checks before, so that replicas that have read a new keyring a little
    /// earlier than others understand each other.
    /// </summary>
    public DateTimeOffset? Activates { get; }

    /// <summary>When it took over, or will.</summary>
    internal DateTimeOffset Begins => Activates ?? Created;

    /// <summary>The key itself: <see cref="Size"/> bytes, or PKCS #8 for <see cref="KeyUse.Signing"/>.</summary>
    internal ReadOnlySpan<byte> Material => _material;

    /// <summary>HMAC-SHA-256 under this key. Begin the message with a label of its own: see <see cref="Transcript"/>.</summary>
    public byte[] Mac(ReadOnlySpan<byte> message) => HMACSHA256.HashData(_material, message);

    /// <inheritdoc cref="Mac(ReadOnlySpan{byte})"/>
    public void Mac(ReadOnlySpan<byte> message, Span<byte> mac) => HMACSHA256.HashData(_material, message, mac);

    /// <summary>Whether <paramref name="mac"/> is this key's over the message. Takes the same time wherever the two differ.</summary>
    public bool IsMac(ReadOnlySpan<byte> message, ReadOnlySpan<byte> mac)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Mac(message, expected);
        return CryptographicOperations.FixedTimeEquals(expected, mac);
    }

    public override string ToString() => $"{Use} key {Id}";

    /// <summary>Whether it may make new values.</summary>
    internal bool Makes(DateTimeOffset now) => State == KeyState.Active && (Activates is not { } from || from <= now);

    /// <summary>The same key in another state.</summary>
    internal Key As(KeyState state) => new(Id, Use, Created, state, _material, Activates);

    internal void Erase() => CryptographicOperations.ZeroMemory(_material);
}
