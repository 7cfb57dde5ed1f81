using Microsoft.EntityFrameworkCore;

namespace AuthService.Security.Keys;

/// <summary>
/// The wrapped keys of accounts, in a file of their own: it has its own, short backups, so that a destroyed key is gone from them
/// within days. Use it through <see cref="AccountKeyStore"/>.
/// </summary>
public sealed class AccountKeysDbContext(DbContextOptions<AccountKeysDbContext> options) : DbContext(options)
{
    public DbSet<AccountKeyRow> AccountKeys => Set<AccountKeyRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<AccountKeyRow>().HasKey(row => row.AccountId);
}
