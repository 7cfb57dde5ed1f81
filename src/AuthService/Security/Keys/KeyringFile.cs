using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthService.Security.Keys;

/// <summary>The keyring's file: JSON, readable by its owner only.</summary>
/// <remarks>
/// <code>
/// { "version": 1,
///   "keys": [ { "id": "7k2m0qxa", "use": "pepper", "created": "2026-01-31T12:00:00+00:00", "state": "active",
///               "activates": "2026-01-31T12:10:00+00:00",
///               "material": "base64: 32 random bytes; PKCS #8 for the use signing" }, … ] }
/// </code>
/// A use may have many keys: rotation adds one that takes over at <c>activates</c> (left out: at once). Those before it go on checking
/// what they made. See <see cref="KeyringRotation"/>.
/// </remarks>
public static class KeyringFile
{
    private const int Version = 1;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads the keys of a file.</summary>
    /// <exception cref="KeyringException">It is not there, others can read it, or it is not a keyring.</exception>
    public static Keyring Read(string path, TimeProvider clock) => new(ReadKeys(path), clock);

    /// <summary>Makes a keyring with one key for each use. An existing file is left as it is.</summary>
    /// <returns>False if there is such a file already.</returns>
    public static bool Create(string path, TimeProvider clock)
    {
        if (File.Exists(path))
            return false;

        Write(path, [.. Enum.GetValues<KeyUse>().Select(use => Generate(use, clock))]);
        return true;
    }

    /// <summary>Gives a new key to each use that has none, as after an upgrade that brought a new use.</summary>
    /// <returns>The uses that got one.</returns>
    public static IReadOnlyList<KeyUse> Complete(string path, TimeProvider clock)
    {
        var keys = ReadKeys(path);
        var missing = UsesWithoutKey(keys, clock.GetUtcNow());
        if (missing.Count > 0)
            Write(path, [.. keys, .. missing.Select(use => Generate(use, clock))]);

        return missing;
    }

    internal static IReadOnlyList<KeyUse> UsesWithoutKey(IReadOnlyCollection<Key> keys, DateTimeOffset now) =>
        [.. Enum.GetValues<KeyUse>().Except(keys.Where(key => key.Makes(now)).Select(key => key.Use))];

    /// <summary>As in the file: <c>blind-index</c>.</summary>
    public static string NameOf(KeyUse use) => JsonNamingPolicy.KebabCaseLower.ConvertName(use.ToString());

    /// <param name="lead">How long it only checks, before it takes over.</param>
    internal static Key Generate(KeyUse use, TimeProvider clock, TimeSpan lead = default)
    {
        var created = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        return new Key(KeyId.Create(), use, created, KeyState.Active, Material(use), lead > TimeSpan.Zero ? created + lead : null);
    }

    private static byte[] Material(KeyUse use)
    {
        if (use != KeyUse.Signing)
            return RandomNumberGenerator.GetBytes(Key.Size);

        using var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return signing.ExportPkcs8PrivateKey();
    }

    internal static void Write(string path, IReadOnlyCollection<Key> keys)
    {
        var entries = keys.Select(key => new Entry(key.Id.Value, key.Use, key.Created, key.State, key.Material.ToArray(), key.Activates)).ToArray();
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new Content(Version, entries), Json);
        try
        {
            DurableFile.Replace(path, bytes, OwnerOnly);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            foreach (var entry in entries)
                CryptographicOperations.ZeroMemory(entry.Material);
        }
    }

    internal static Key[] ReadKeys(string path)
    {
        var bytes = ReadBytes(path);
        try
        {
            var content = JsonSerializer.Deserialize<Content>(bytes, Json);
            if (content is null || content.Version != Version)
                throw new KeyringException($"{path}: not a keyring of version {Version}");

            return [.. content.Keys.Select(entry => Parse(path, entry))];
        }
        catch (JsonException fault)
        {
            // The reader's own message may quote what it read; where it stopped is all that is told.
            throw new KeyringException($"{path}: not a keyring, see line {fault.LineNumber + 1}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None)
                throw new KeyringException($"{path}: others than its owner have access to it. Run: chmod 600 {path}");

            var bytes = new byte[RandomAccess.GetLength(file)];
            RandomAccess.Read(file, bytes, 0);
            return bytes;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeyringException($"{path}: there is no keyring. Without the one that its data was written with, a service cannot start", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KeyringException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    private static Key Parse(string path, Entry entry)
    {
        if (!KeyId.TryParse(entry.Id, out var id))
            throw new KeyringException($"{path}: '{entry.Id}' is no key id ({KeyId.Length} lower-case letters and digits)");

        if (!IsSound(entry))
            throw new KeyringException($"{path}: key {id} is not of the kind that {NameOf(entry.Use)} needs");

        return new Key(id, entry.Use, entry.Created, entry.State, entry.Material, entry.Activates);
    }

    private static bool IsSound(Entry entry)
    {
        if (entry.Use != KeyUse.Signing)
            return entry.Material.Length == Key.Size;

        try
        {
            using var signing = SigningKey.Open(entry.Material);
            return signing.KeySize == 256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private sealed record Content(int Version, Entry[] Keys);

    private sealed record Entry(string Id, KeyUse Use, DateTimeOffset Created, KeyState State, byte[] Material, DateTimeOffset? Activates = null);
}
