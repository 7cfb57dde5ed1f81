namespace AuthService.SystemTests.Harness;

/// <summary>Where a service keeps its state. Outlives the process, so that another can be started on it; goes with the test.</summary>
public sealed class DataFolder : IDisposable
{
    public DataFolder() => Path = Directory.CreateTempSubdirectory("authservice-system-").FullName;

    /// <param name="disk">Of its own; the folder is the only one there.</param>
    public DataFolder(string disk) => Path = Directory.CreateDirectory(System.IO.Path.Combine(disk, "data")).FullName;

    public string Path { get; }

    /// <summary>Accounts, sessions, audit: everything but the accounts' keys.</summary>
    public string Database => PathOf("authservice.db");

    /// <summary>Every SQLite file, without its <c>-wal</c> and <c>-shm</c>.</summary>
    public IReadOnlyList<string> Databases => Directory.GetFiles(Path, "*.db", SearchOption.AllDirectories);

    /// <summary>All scopes.</summary>
    public string AdminToken => Token("admin");

    public string ServiceToken => Token("service");

    public string PathOf(string relative) => System.IO.Path.Combine(Path, relative);

    public OutboxFile Outbox() => new(PathOf("outbox/messages.jsonl"));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Token(string name) => File.ReadAllText(PathOf($"bootstrap/{name}.token")).Trim();
}
