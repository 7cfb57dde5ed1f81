using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace AuthService.Storage.Postgres;

/// <summary>How contexts are connected to PostgreSQL: the service's own, and those that migrate and copy.</summary>
internal static class PostgresContexts
{
    private const string Migrations = "migrations";

    public static DbContextOptionsBuilder UsePostgres(this DbContextOptionsBuilder options, string connectionString, string schema) =>
        options.UseNpgsql(connectionString, In(schema)).ReplaceService<IMigrationsSqlGenerator, AuditPartitions.Generator>();

    /// <param name="options">Of a context.</param>
    /// <param name="connection">It stays the caller's.</param>
    /// <param name="schema">Where the context's tables are.</param>
    public static DbContextOptionsBuilder UsePostgres(this DbContextOptionsBuilder options, DbConnection connection, string schema) =>
        options.UseNpgsql(connection, In(schema)).ReplaceService<IMigrationsSqlGenerator, AuditPartitions.Generator>();

    private static Action<NpgsqlDbContextOptionsBuilder> In(string schema) => postgres => postgres.MigrationsHistoryTable(Migrations, schema);
}
