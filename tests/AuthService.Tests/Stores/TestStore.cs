using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Postgres;
using AuthService.Storage.Sqlite;
using AuthService.Tests.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests.Stores;

/// <summary>
/// Where the services of this run keep their rows: in SQLite, or in PostgreSQL if <c>AUTHSERVICE_TEST_STORE</c> is <c>postgres</c>. The
/// tests are the same, and do not ask.
/// </summary>
internal static class TestStore
{
    private const string Template = "authservice_template";

    private static readonly Lazy<Task<PostgresServer>> Server = new(StartAsync);

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("AUTHSERVICE_TEST_STORE") switch
    {
        null or "" or "sqlite" => false,
        "postgres" => true,
        var other => throw new InvalidOperationException($"AUTHSERVICE_TEST_STORE is sqlite or postgres, not {other}."),
    };

    /// <summary>The settings of a service with this data folder: the same database each time.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> SettingsAsync(string data)
    {
        if (!IsPostgres)
            return new Dictionary<string, string?>();

        var server = await Server.Value;
        var name = NameOf(data);
        if (await server.AskAsync("postgres", $"SELECT 1 FROM pg_database WHERE datname = '{name}'") is null)
            await server.ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {Template} STRATEGY FILE_COPY");
        return new Dictionary<string, string?>
        {
            ["Storage:Provider"] = "Postgres",
            ["Storage:ConnectionString"] = server.Of(name) + ";Maximum Pool Size=20;Connection Idle Lifetime=10;Connection Pruning Interval=5",
        };
    }

    /// <summary>Has an interceptor see what a service asks its database.</summary>
    public static void Intercept(IServiceCollection services, IInterceptor interceptor) => services
        .ConfigureDbContext<SqliteAuthDbContext>(options => options.AddInterceptors(interceptor))
        .ConfigureDbContext<PostgresAuthDbContext>(options => options.AddInterceptors(interceptor));

    /// <summary>Every byte that the databases of a service hold, file by file.</summary>
    public static async Task<List<byte[]>> FilesAsync(TestService service)
    {
        if (!IsPostgres)
        {
            var contexts = service.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>();
            await using var rows = await contexts.CreateDbContextAsync();
            await rows.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            return [.. Directory.GetFiles(service.DataPath, "*.db*").Select(File.ReadAllBytes)];
        }

        var server = await Server.Value;
        await server.ExecuteAsync("postgres", "CHECKPOINT");
        var folder = (string)(await server.AskAsync("postgres", $"SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = '{NameOf(service.DataPath)}'"))!;
        return [.. Directory.GetFiles(folder).Select(File.ReadAllBytes)];
    }

    /// <summary>Takes the database of a running service away.</summary>
    public static async Task LoseAsync(TestService service)
    {
        if (IsPostgres)
        {
            var (server, name) = (await Server.Value, NameOf(service.DataPath));
            await server.ExecuteAsync("postgres", $"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
            await server.AskAsync("postgres", $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{name}'");
            return;
        }

        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(service.DataPath, "authservice.db*"))
            File.Delete(file);
        Directory.CreateDirectory(Path.Combine(service.DataPath, "authservice.db"));
    }

    /// <summary>Deletes what a data folder's services kept.</summary>
    public static async Task ForgetAsync(string data)
    {
        if (IsPostgres)
            await (await Server.Value).ExecuteAsync("postgres", $"DROP DATABASE IF EXISTS {NameOf(data)} WITH (FORCE)");
    }

    private static string NameOf(string data) => $"test_{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(data)))[..24]}";

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync();
        await server.ExecuteAsync("postgres", $"CREATE DATABASE {Template}");
        var connection = PostgresConnections.Complete(server.Of(Template) + ";Pooling=false");
        await using (var keys = new PostgresAccountKeysDbContext(Options<PostgresAccountKeysDbContext>(PostgresAccountKeysDbContext.Schema)))
            await keys.Database.MigrateAsync();
        await using (var rows = new PostgresAuthDbContext(Options<PostgresAuthDbContext>(PostgresAuthDbContext.Schema)))
            await rows.Database.MigrateAsync();
        return server;

        DbContextOptions<T> Options<T>(string schema)
            where T : DbContext
        {
            var options = new DbContextOptionsBuilder<T>();
            options.UsePostgres(connection, schema);
            return options.Options;
        }
    }
}
