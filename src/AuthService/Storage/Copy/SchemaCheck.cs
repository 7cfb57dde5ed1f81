using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage.Copy;

internal static class SchemaCheck
{
    /// <summary>Why a database is not one of this build, or null.</summary>
    public static async Task<string?> ProblemAsync(DbContext rows, string name, CancellationToken cancellationToken)
    {
        var known = rows.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await rows.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (!applied.IsSubsetOf(known))
            return $"{name} was made by a newer build: use its authctl.";
        return applied.Count < known.Count
            ? $"{name} lacks {known.Count - applied.Count} schema changes. Back it up and run: authctl database migrate"
            : null;
    }
}
