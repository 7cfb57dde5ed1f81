using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthService.Storage;

/// <summary>Nothing is served before the store answers and its schema is the one this build knows.</summary>
internal sealed class SchemaStartup(
    IDbContextFactory<AuthDbContext> contexts, Store store, IOptions<StorageOptions> options, IHostEnvironment environment) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        options.Value.MakeFolder();
        await using var rows = await contexts.CreateDbContextAsync(cancellationToken);
        await store.WaitUntilItAnswersAsync(rows, options.Value.WaitAtStart, cancellationToken);
        if (options.Value.MigrateAtStart ?? environment.IsDevelopment())
        {
            await rows.Database.MigrateAsync(cancellationToken);
            await store.MakeRoomForEventsAsync(rows, cancellationToken);
            return;
        }

        var missing = (await rows.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException(
                $"The database lacks {missing.Count} schema changes ({string.Join(", ", missing)}). Run: authctl database migrate");
        await store.MakeRoomForEventsAsync(rows, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
