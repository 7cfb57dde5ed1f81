using AuthService.Cli.Connections;
using AuthService.Security.Keys;
using AuthService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Cli.Doctor;

/// <summary>Schema, soundness, and whether the machine's clock agrees with what was recorded.</summary>
internal static class StoreCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(StoppedService service, TimeProvider clock, CancellationToken cancellationToken)
    {
        var storage = service.Options<StorageOptions>();
        var findings = new List<Finding>();
        await LookAtAsync<AccountKeysDbContext>("account keys", storage.FullPath("account-keys.db"), _ => Task.CompletedTask);
        await LookAtAsync<AuthDbContext>("database", storage.FullPath("authservice.db"), async rows => findings.Add(await ClockAsync(rows, clock, cancellationToken)));
        return findings;

        async Task LookAtAsync<T>(string name, string path, Func<T, Task> further)
            where T : DbContext
        {
            if (storage.Provider == StorageProvider.Sqlite && !File.Exists(path))
            {
                findings.Add(new(name, State.Wrong, $"{path} is not there", "Run: authctl database migrate."));
                return;
            }

            try
            {
                await using var rows = await service.Services.GetRequiredService<IDbContextFactory<T>>().CreateDbContextAsync(cancellationToken);
                findings.Add(await SchemaAsync(name, rows, service.Services.GetRequiredService<Store>(), cancellationToken));
                if (findings[^1].State == State.Fine)
                    await further(rows);
            }
            catch (System.Data.Common.DbException fault)
            {
                findings.Add(new(name, State.Wrong, $"{(storage.Provider == StorageProvider.Sqlite ? path : "PostgreSQL")} cannot be read: {fault.Message}", "Check its owner; bring it back from a backup if it is broken."));
            }
        }
    }

    private static async Task<Finding> SchemaAsync(string name, DbContext rows, Store store, CancellationToken cancellationToken)
    {
        var missing = (await rows.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        if (missing > 0)
            return new(name, State.Wrong, $"{missing} schema changes are missing", "Stop the service, back up, run: authctl database migrate.");

        var problems = await store.ProblemsAsync(rows, cancellationToken);
        return problems.Count == 0
            ? Finding.Fine(name, "schema up to date, sound")
            : new(name, State.Wrong, string.Join("; ", problems), "Set it right; what is broken comes back from a backup.");
    }

    /// <summary>Nobody on this machine knows the true time, but the log knows one that has been.</summary>
    private static async Task<Finding> ClockAsync(AuthDbContext rows, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var latest = await rows.AuditEvents.MaxAsync(row => (DateTimeOffset?)row.At, cancellationToken);
        return latest > now
            ? new("clock", State.Wrong, $"{now:u} here, but the log holds an event of {latest:u}", "Set the clock (NTP): codes, sessions and proofs hang on it.")
            : Finding.Fine("clock", $"{now:u}");
    }
}
