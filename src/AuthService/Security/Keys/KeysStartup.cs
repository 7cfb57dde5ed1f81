using AuthService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Security.Keys;

/// <summary>Nothing is served before the keyring is read and the store of account keys has the schema that this build knows.</summary>
/// <remarks>Takes what it needs late: options of every section are checked first, so that all their problems are told at once.</remarks>
internal sealed class KeysStartup(IServiceProvider services, IHostEnvironment environment) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<Keyring>();

        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        storage.MakeFolder();
        await using var rows = await services.GetRequiredService<IDbContextFactory<AccountKeysDbContext>>().CreateDbContextAsync(cancellationToken);
        await services.GetRequiredService<Store>().WaitUntilItAnswersAsync(rows, storage.WaitAtStart, cancellationToken);
        if (storage.MigrateAtStart ?? environment.IsDevelopment())
        {
            await rows.Database.MigrateAsync(cancellationToken);
            return;
        }

        var missing = (await rows.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException(
                $"The database of account keys lacks {missing.Count} schema changes ({string.Join(", ", missing)}). Run: authctl database migrate");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
