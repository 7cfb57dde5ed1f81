using AuthService.Tests.Cli;
using AuthService.Tests.Shared;
using Microsoft.Data.Sqlite;

namespace AuthService.Tests.Stores.Copy;

/// <summary>A PostgreSQL to copy to, whatever store the other tests run on.</summary>
public sealed class CopyFixture : IAsyncLifetime
{
    private int _databases;

    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A small deployment with a data folder of its own, and an empty database to grow into.</summary>
    internal async Task<Deployment> NewDeploymentAsync()
    {
        var database = $"copy_{Interlocked.Increment(ref _databases)}";
        await Server.ExecuteAsync("postgres", $"CREATE DATABASE {database}");
        return new Deployment(Server, database);
    }
}

/// <summary>SQLite files in a folder, and a PostgreSQL database.</summary>
internal sealed class Deployment(PostgresServer server, string database) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("authservice-copy-");

    public string Folder => _folder.FullName;

    public string ConnectionString => server.Of(database);

    /// <summary>Its SQLite files, with the schema and no rows.</summary>
    public async Task MakeFilesAsync()
    {
        var run = await AuthCtlRun.OfAsync("database", "migrate", "--environment", "Development", "--set", $"Storage:DataPath={Folder}");
        run.ExitCode.ShouldBe(0, run.Error);
        LetGoOfFiles();
    }

    /// <summary>The service on its SQLite files.</summary>
    public Task<TestService> StartSmallAsync() =>
        TestService.StartAsync(new Dictionary<string, string?> { ["Storage:Provider"] = "Sqlite" }, data: Folder);

    /// <summary>The service on PostgreSQL, with the keyring and credentials of before.</summary>
    public Task<TestService> StartGrownAsync() => TestService.StartAsync(
        new Dictionary<string, string?> { ["Storage:Provider"] = "Postgres", ["Storage:ConnectionString"] = ConnectionString + ";Maximum Pool Size=20" },
        data: Folder);

    /// <summary>A process that ends closes what it pooled. This one goes on.</summary>
    public static void LetGoOfFiles() => SqliteConnection.ClearAllPools();

    public Task<AuthCtlRun> CopyAsync() => RunAsync("copy");

    public Task<AuthCtlRun> CompareAsync() => RunAsync("compare");

    public Task<object?> AskAsync(string sql) => server.AskAsync(database, sql);

    public Task<bool> ExecuteAsync(string sql) => server.ExecuteAsync(database, sql);

    public void Dispose() => _folder.Delete(recursive: true);

    // The source is named by --from alone: the configured folder is another one.
    private Task<AuthCtlRun> RunAsync(string command) => AuthCtlRun.OfAsync(
        "database", command, "--from", Folder, "--json", "--environment", "Development",
        "--set", $"Storage:ConnectionString={ConnectionString}", "--set", "Storage:DataPath=/nonexistent");
}
