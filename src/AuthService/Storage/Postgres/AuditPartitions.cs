using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace AuthService.Storage.Postgres;

/// <summary>
/// The audit log is the one table that only grows. It is in parts by its numbers: new events meet small indexes, pages of the log read the
/// newest parts only, and what is past its time can be dropped as a part, without a row of it being touched.
/// </summary>
/// <remarks>
/// <code>
/// AuditEvents ─┬─ AuditEvents_0      1 …  16,777,215
///              ├─ AuditEvents_1      16,777,216 …  33,554,431
///              └─ …                  four of them ahead of the newest event
/// </code>
/// There is none for "the rest": with it PostgreSQL could not tell that the newest part has the newest events, and would ask them all.
/// </remarks>
internal static class AuditPartitions
{
    /// <summary>Events in a part: with their indexes some 10 GB.</summary>
    public const long Size = 1 << 24;

    /// <summary>Parts that are there before anything goes to them: at 10,000 events a second, for two hours in which nobody makes any.</summary>
    public const int Ahead = 4;

    internal const string Table = "AuditEvents";

    private const string Column = "Sequence";
    private const string Parent = $"{PostgresAuthDbContext.Schema}.\"{Table}\"";

    /// <summary>The lock's number: see <see cref="PostgresStore"/>.</summary>
    private const long OneAtATime = 0x4155_5448_0002;

    /// <summary>Makes the part that the next event goes to, and those after it, unless they are there.</summary>
    public static async Task MakeRoomAsync(DbContext rows, CancellationToken cancellationToken) =>
        await CoverAsync(rows, await LastAsync(rows, cancellationToken), cancellationToken);

    /// <summary>How many events there is room for; null where there is no such table.</summary>
    public static async Task<long?> RoomAsync(DbContext rows, CancellationToken cancellationToken)
    {
        if (!await rows.Database.SqlQuery<bool>($"SELECT to_regclass({Parent}) IS NOT NULL AS \"Value\"").SingleAsync(cancellationToken))
            return null;

        var last = await LastAsync(rows, cancellationToken);
        var part = (last + 1) / Size;
        while (await IsThereAsync(rows, part, cancellationToken))
            part++;
        return (part * Size) - (last + 1);
    }

    /// <summary>Makes all parts up to the one of a number, and those ahead of it.</summary>
    public static async Task CoverAsync(DbContext rows, long last, CancellationToken cancellationToken)
    {
        var lastPart = (last / Size) + Ahead;
        if (await IsThereAsync(rows, lastPart, cancellationToken))
            return;

        var own = rows.Database.CurrentTransaction is null;
        await using var transaction = own ? await rows.Database.BeginTransactionAsync(cancellationToken) : null;
        await rows.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({OneAtATime})", cancellationToken);

        // Downwards to the newest there is: parts before that one may have been dropped, and stay so.
        var first = lastPart;
        while (first > 0 && !await IsThereAsync(rows, first - 1, cancellationToken))
            first--;
        for (var part = first; part <= lastPart; part++)
        {
            if (!await IsThereAsync(rows, part, cancellationToken))
                await rows.Database.ExecuteSqlRawAsync(Create(part), cancellationToken);
        }

        if (transaction is not null)
            await transaction.CommitAsync(CancellationToken.None);
    }

    private static Task<long> LastAsync(DbContext rows, CancellationToken cancellationToken) => rows.Database.SqlQueryRaw<long>(
        $"SELECT coalesce(max(\"{Column}\"), 0) AS \"Value\" FROM {Parent}").SingleAsync(cancellationToken);

    /// <summary>Made apart and then attached: that way nobody who reads or writes events waits.</summary>
    private static string Create(long part) => FormattableString.Invariant(
        $"""
        CREATE TABLE {NameOf(part)} (LIKE {Parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
        ALTER TABLE {Parent} ATTACH PARTITION {NameOf(part)} FOR VALUES FROM ({part * Size}) TO ({(part + 1) * Size});
        """);

    private static string NameOf(long part) => FormattableString.Invariant($"{PostgresAuthDbContext.Schema}.\"{Table}_{part}\"");

    private static Task<bool> IsThereAsync(DbContext rows, long part, CancellationToken cancellationToken)
    {
        var name = NameOf(part);
        return rows.Database.SqlQuery<bool>($"SELECT to_regclass({name}) IS NOT NULL AS \"Value\"").SingleAsync(cancellationToken);
    }

    /// <summary>Has the migration that makes the table make it in parts.</summary>
#pragma warning disable EF1001 // there is no other way to say PARTITION BY; a test holds it
    internal sealed class Generator(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
        : NpgsqlMigrationsSqlGenerator(dependencies, options)
    {
        protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
        {
            if (operation.Schema != PostgresAuthDbContext.Schema || operation.Name != Table)
            {
                base.Generate(operation, model, builder, terminate);
                return;
            }

            base.Generate(operation, model, builder, terminate: false);
            builder.Append($" PARTITION BY RANGE (\"{Column}\")").AppendLine(";").EndCommand();
        }
    }
#pragma warning restore EF1001
}
