using System.CommandLine;
using System.Text.Json.Nodes;
using AuthService.Cli.Connections;
using AuthService.Cli.Output;
using AuthService.Security.Keys;
using AuthService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Cli.Commands;

/// <summary><c>authctl database</c>: outside of Development the schema changes when the operator says so.</summary>
internal static class DatabaseCommand
{
    private static readonly Option<bool> Check = new("--check") { Description = "Only tells what would be done; exit code 1 if there is something." };

    public static Command Create()
    {
        var migrate = new Command("migrate", "Makes the databases of a stopped service, or brings them up to date. Back them up before.")
        {
            Check, StoppedService.Environment, StoppedService.Settings,
        };
        migrate.SetAction((parsed, cancellationToken) =>
        {
            var answer = new Answer(parsed);
            return answer.RunAsync(() => MigrateAsync(parsed, answer, cancellationToken));
        });
        return new Command("database", "Looks after the databases.") { migrate, DatabaseCopyCommand.CreateCopy(), DatabaseCopyCommand.CreateCompare() };
    }

    private static async Task<int> MigrateAsync(ParseResult parsed, Answer answer, CancellationToken cancellationToken)
    {
        await using var service = StoppedService.Open(parsed);
        var storage = service.Options<StorageOptions>();
        var onlyCheck = parsed.GetValue(Check);
        if (!onlyCheck)
            storage.MakeFolder();

        // Keys go first, as everywhere: an account without keys is lost, keys without an account are nothing.
        var keys = await MigrateAsync<AccountKeysDbContext>(service, onlyCheck, cancellationToken);
        var rows = await MigrateAsync<AuthDbContext>(service, onlyCheck, cancellationToken);

        var done = onlyCheck ? "missing" : "applied";
        answer.WriteFacts(("folder", storage.FullPath("")), ($"account_keys_{done}", keys), ($"rows_{done}", rows));
        return onlyCheck && keys.Count + rows.Count > 0 ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static async Task<JsonArray> MigrateAsync<T>(StoppedService service, bool onlyCheck, CancellationToken cancellationToken)
        where T : DbContext
    {
        await using var rows = await service.Services.GetRequiredService<IDbContextFactory<T>>().CreateDbContextAsync(cancellationToken);
        var pending = (await rows.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (!onlyCheck)
            await rows.Database.MigrateAsync(cancellationToken);
        return [.. pending.Select(migration => (JsonNode)migration)];
    }
}
