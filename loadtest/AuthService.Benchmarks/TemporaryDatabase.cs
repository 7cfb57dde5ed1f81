using AuthService.Storage;
using AuthService.Storage.Postgres;
using AuthService.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthService.Benchmarks;

/// <summary>The service's own database, put together by its own hand: SQLite, its schema, its pragmas, in a folder on the machine's disk.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("authservice-benchmarks-");
    private readonly ServiceProvider services;
    private readonly AuthDbContext held;

    public TemporaryDatabase()
    {
        services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Options.Create(new StorageOptions { DataPath = folder.FullName }))
            .AddModel<AuthDbContext, SqliteAuthDbContext, PostgresAuthDbContext>("authservice.db", PostgresAuthDbContext.Schema)
            .AddSingleton<Database>()
            .BuildServiceProvider();
        held = services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContext();
        held.Database.Migrate();
        held.Database.OpenConnection();
    }

    public Database Database => services.GetRequiredService<Database>();

    /// <summary>Opened as the service opens them, and held open: what the provider costs without all that stands on it.</summary>
    public SqliteConnection Bare => (SqliteConnection)held.Database.GetDbConnection();

    public void Dispose()
    {
        held.Dispose();
        services.Dispose();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
