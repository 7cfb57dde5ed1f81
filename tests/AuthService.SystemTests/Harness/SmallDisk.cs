using System.Globalization;
using AuthService.Tests.Shared;

namespace AuthService.SystemTests.Harness;

/// <summary>A disk of a few megabytes (a tmpfs of its own), which a test fills up and makes room on. Mounting takes root, or sudo.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("authservice-disk-").FullName;
        var size = megabytes.ToString(CultureInfo.InvariantCulture);
        await AsRootAsync("mount", "-t", "tmpfs", "-o", $"size={size}m,mode=1777", "tmpfs", path);
        return new SmallDisk(path);
    }

    /// <summary>Takes every byte that is left, and whatever its users give back within this time.</summary>
    public async Task FillAsync(TimeSpan time)
    {
        await using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var piece = new byte[4096];
        using var end = new CancellationTokenSource(time);
        while (!end.IsCancellationRequested)
        {
            try
            {
                ballast.Write(piece);
            }
            catch (IOException)
            {
                await Eventually.PassAsync(TimeSpan.FromMilliseconds(5));
            }
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await AsRootAsync("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    private static async Task AsRootAsync(params string[] command)
    {
        string[] whole = Environment.IsPrivilegedProcess ? command : ["sudo", "-n", .. command];
        var (exitCode, output) = await ChildProcess.RunAsync(whole[0], whole[1..]);
        exitCode.ShouldBe(0, output);
    }
}
