using System.ComponentModel.DataAnnotations;

namespace AuthService.Storage;

/// <summary>A kind of database.</summary>
public enum StorageProvider
{
    /// <summary>Files of this machine: one process.</summary>
    Sqlite = 0,

    /// <summary>A server: as many replicas as are needed.</summary>
    Postgres = 1,
}

/// <summary>Where state lives. Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The folder of the databases, keys and outbox. Default <c>data</c>, below the working directory; <c>AUTHSERVICE_DATA</c> overrides it.</summary>
    [Required]
    public string DataPath { get; set; } = "data";

    /// <summary>Which database holds the rows and the wrapped keys. Default SQLite, in <see cref="DataPath"/>.</summary>
    public StorageProvider Provider { get; set; }

    /// <summary>
    /// Of PostgreSQL, in the form of Npgsql: <c>Host=db;Database=authservice;Username=authservice;Password=…</c>. The rows live in its
    /// schema <c>authservice</c>, the wrapped keys of accounts in <c>account_keys</c>, which is backed up apart.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Whether start-up brings the schema up to date. Default true in Development only: elsewhere <c>authctl database migrate</c>
    /// does it, when the operator says so, and a schema that is behind refuses to start.
    /// </summary>
    public bool? MigrateAtStart { get; set; }

    /// <summary>
    /// How long start-up waits for PostgreSQL to answer, as when both start at once. Nothing is served before; after that the process
    /// ends. Default 30 seconds; zero: not at all.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WaitAtStart { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Makes the folder, if it is not there, for the service's own user only.</summary>
    public void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(FullPath(""));
        else
            Directory.CreateDirectory(FullPath(""), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string FullPath(string name) => Path.Combine(Path.GetFullPath(DataPath), name);
}
