using AuthService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthService.Tests;

/// <summary>How many rows each table has: what a call wrote, without asking what.</summary>
public static class RowCounts
{
    public static async Task<IReadOnlyDictionary<string, long>> OfAsync(TestService service)
    {
        var contexts = service.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>();
        await using var rows = await contexts.CreateDbContextAsync();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (table, schema) in rows.Model.GetEntityTypes().Select(type => (type.GetTableName()!, type.GetSchema())).Distinct())
        {
#pragma warning disable EF1002 // the names are the model's own
            counts[table] = await rows.Database.SqlQueryRaw<long>($"SELECT count(*) AS \"Value\" FROM {(schema is null ? "" : $"{schema}.")}\"{table}\"").SingleAsync();
#pragma warning restore EF1002
        }

        return counts;
    }

    public static IReadOnlyDictionary<string, long> Difference(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after) =>
        after.Where(table => table.Value != before[table.Key]).ToDictionary(table => table.Key, table => table.Value - before[table.Key], StringComparer.Ordinal);
}
