using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AuthService.Security.Keys;

/// <summary>Writes a file so that after a power cut there is the old one or the new one, whole.</summary>
internal static partial class DurableFile
{
    private const UnixFileMode OwnerDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Writes beside the file, flushes to the disk, renames, and flushes the directory, which is what holds the name.</summary>
    /// <param name="mode">Given to the file when it is made, so that it is never open to others, not even for a moment.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        MakeDirectory(directory);

        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = mode;

            using (var file = new FileStream(temporary, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        if (OperatingSystem.IsLinux())
            FlushDirectory(directory);
    }

    /// <summary>
    /// Held by one process at a time, for reading a file and replacing it. By a file beside it, since the file itself is replaced:
    /// whoever is killed lets go of it. That file stays: who deletes a lock may delete another's.
    /// </summary>
    /// <exception cref="IOException">Somebody else holds it, or the folder cannot be written to.</exception>
    public static IDisposable Lock(string path) => new FileStream(
        $"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);

    private static void MakeDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerDirectory);
    }

    // .NET opens no directories, so this asks the system itself: fsync(2) on a descriptor of the directory.
    private static void FlushDirectory(string directory)
    {
        var descriptor = Open(directory, flags: 0);
        if (descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());

        var failed = Flush(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed)
            throw new Win32Exception(error);
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
