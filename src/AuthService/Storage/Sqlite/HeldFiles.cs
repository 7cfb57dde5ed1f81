using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace AuthService.Storage.Sqlite;

/// <summary>
/// Keeps each SQLite file open for as long as the service runs, also while nobody asks it anything and its pools are empty: so whoever
/// needs the files of a stopped service (<c>authctl database copy</c>) sees that this one is not.
/// </summary>
internal sealed class HeldFiles(IEnumerable<StoredModel> models, IOptions<StorageOptions> options) : IHostedService
{
    private readonly List<SqliteConnection> _held = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Provider != StorageProvider.Sqlite)
            return;

        foreach (var model in models)
        {
            var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = options.Value.FullPath(model.File), Pooling = false }.ConnectionString);
            _held.Add(connection);
            await connection.OpenAsync(cancellationToken);

            // The file is held from its first read on.
            await using var read = connection.CreateCommand();
            read.CommandText = "SELECT count(*) FROM sqlite_schema";
            await read.ExecuteScalarAsync(cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in _held)
            await connection.DisposeAsync();
    }
}
