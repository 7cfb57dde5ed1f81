namespace AuthService.Security.Keys;

/// <summary>The file that this process has its keyring from.</summary>
public sealed class KeyringSource(string path, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Stamp _read;

    public string Path => path;

    /// <exception cref="KeyringException">As <see cref="KeyringFile.Read"/> says.</exception>
    internal Keyring Open()
    {
        lock (_lock)
        {
            // Taken before: what is written while it is read is read again.
            _read = Stamp.Of(path);
            return KeyringFile.Read(path, clock);
        }
    }

    /// <summary>Has the keyring hold what the file holds now.</summary>
    /// <returns>False if the file is as it was read last.</returns>
    /// <exception cref="KeyringException">The file is no keyring now. The one in memory stays as it is.</exception>
    internal bool Reload(Keyring keyring)
    {
        lock (_lock)
        {
            var found = Stamp.Of(path);
            if (found == _read)
                return false;
            keyring.Replace(KeyringFile.ReadKeys(path));
            _read = found;
            return true;
        }
    }

    /// <summary>Of the file itself, also where the path is a link to it: so orchestrators replace what they mount.</summary>
    private readonly record struct Stamp(DateTime Written, long Length)
    {
        public static Stamp Of(string path)
        {
            try
            {
                using var file = File.OpenHandle(path);
                return new Stamp(File.GetLastWriteTimeUtc(file), RandomAccess.GetLength(file));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return default;
            }
        }
    }
}
