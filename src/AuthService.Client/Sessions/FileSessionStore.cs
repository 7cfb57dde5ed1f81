using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthService.Client.Sessions;

/// <summary>
/// Keeps the session in a file that only its owner may read (mode 0600; on Windows, in a folder that is the user's own). For
/// command lines and services; a phone has a keychain.
/// </summary>
/// <param name="path">The file. Its folder must exist.</param>
public sealed partial class FileSessionStore(string path) : ISessionStore
{
    private readonly string _path = Path.GetFullPath(path);

    /// <exception cref="JsonException">The file is there and is not one of ours: nothing is guessed.</exception>
    public async ValueTask<StoredSignIn> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(_path);
            return await JsonSerializer.DeserializeAsync(file, Format.Default.StoredSignIn, cancellationToken)
                ?? throw new JsonException($"{_path} holds no session.");
        }
        catch (FileNotFoundException)
        {
            return StoredSignIn.Empty;
        }
    }

    // Beside the old file, to the disk, then in its place: a reader or a crash sees the old or the new one, never a half.
    public async ValueTask SaveAsync(StoredSignIn state, CancellationToken cancellationToken)
    {
        var beside = $"{_path}.{Path.GetRandomFileName()}";
        var access = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        try
        {
            await using (var file = new FileStream(beside, access))
            {
                await JsonSerializer.SerializeAsync(file, state, Format.Default.StoredSignIn, cancellationToken);
                await file.FlushAsync(cancellationToken);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            File.Move(beside, _path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
    [JsonSerializable(typeof(StoredSignIn))]
    private sealed partial class Format : JsonSerializerContext;
}
