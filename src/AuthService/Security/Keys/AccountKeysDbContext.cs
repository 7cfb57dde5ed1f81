using AuthService.Storage.Postgres;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Security.Keys;

/// <summary>
/// The wrapped keys of accounts, in a file or schema of their own: it has its own, short backups, so that a destroyed key is gone from them
/// within days. Use it through <see cref="AccountKeyStore"/>.
/// </summary>
public abstract class AccountKeysDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<AccountKeyRow> AccountKeys => Set<AccountKeyRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<AccountKeyRow>(keys =>
        {
            keys.HasKey(row => row.AccountId);
            keys.HasIndex(row => row.KekId);
        });
}

/// <summary>The wrapped keys in SQLite: its migrations belong to this type.</summary>
public sealed class SqliteAccountKeysDbContext(DbContextOptions<SqliteAccountKeysDbContext> options) : AccountKeysDbContext(options);

/// <summary>The wrapped keys in PostgreSQL: its migrations belong to this type.</summary>
public sealed class PostgresAccountKeysDbContext(DbContextOptions<PostgresAccountKeysDbContext> options) : AccountKeysDbContext(options)
{
    public const string Schema = "account_keys";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        base.OnModelCreating(modelBuilder);
        modelBuilder.OrderTextByBytes();
    }
}
