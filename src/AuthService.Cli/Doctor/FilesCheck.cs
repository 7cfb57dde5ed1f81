using AuthService.Cli.Connections;
using AuthService.Security.Keys;
using AuthService.Storage;

namespace AuthService.Cli.Doctor;

/// <summary>Folder, keyring, permissions, disk.</summary>
internal static class FilesCheck
{
    private const long EnoughBytes = 1L << 30;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Credentials and codes lie in these; the keyring's permissions are its reader's to check.</summary>
    private static readonly string[] WithSecrets = ["bootstrap/admin.token", "bootstrap/service.token", "outbox/messages.jsonl"];

    public static IEnumerable<Finding> Run(StoppedService service)
    {
        var storage = service.Options<StorageOptions>();
        var folder = storage.FullPath("");
        if (!Directory.Exists(folder))
            return [new("data folder", State.Wrong, $"{folder} is not there", "Run: authctl database migrate. Or set Storage:DataPath.")];

        return [Folder(folder), .. Secrets(folder), Disk(folder), Keyring(service, storage)];
    }

    private static Finding Folder(string folder)
    {
        var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new("data folder", State.Wrong, $"{folder} cannot be written: {fault.Message}", "Give it to the user that the service runs as.");
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute)) != UnixFileMode.None
            ? new("data folder", State.Doubtful, $"{folder} is open to every user of this machine", $"Run: chmod 700 {folder}")
            : Finding.Fine("data folder", folder);
    }

    private static IEnumerable<Finding> Secrets(string folder)
    {
        if (OperatingSystem.IsWindows())
            yield break;
        foreach (var path in WithSecrets.Select(name => Path.Combine(folder, name)))
        {
            if (File.Exists(path) && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
                yield return new("permissions", State.Wrong, $"others can read {path}", $"Run: chmod 600 {path}. Then revoke what was in it.");
        }
    }

    private static Finding Disk(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free < EnoughBytes
            ? new("disk", State.Doubtful, $"{free >> 20} MiB free", "Make room: a full disk stops every sign-up and login.")
            : Finding.Fine("disk", $"{free >> 30} GiB free");
    }

    private static Finding Keyring(StoppedService service, StorageOptions storage)
    {
        var path = service.Options<KeyOptions>().PathIn(storage);
        try
        {
            _ = KeyringFile.Read(path, TimeProvider.System);
        }
        catch (KeyringException fault)
        {
            return new("keyring", State.Wrong, fault.Message, "Bring it back from its backup. For a new deployment: authctl keys create.");
        }

        return Path.GetFullPath(path).StartsWith(storage.FullPath(""), StringComparison.Ordinal) && !service.IsDevelopment
            ? new("keyring", State.Doubtful, $"{path} lies beside the database that it protects", "Move it, so that no backup holds both.")
            : Finding.Fine("keyring", path);
    }
}
