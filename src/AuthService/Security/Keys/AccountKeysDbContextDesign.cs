using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AuthService.Security.Keys;

/// <summary>For <c>dotnet ef</c>, which needs the model and no database.</summary>
internal sealed class AccountKeysDbContextDesign
    : IDesignTimeDbContextFactory<SqliteAccountKeysDbContext>, IDesignTimeDbContextFactory<PostgresAccountKeysDbContext>
{
    SqliteAccountKeysDbContext IDesignTimeDbContextFactory<SqliteAccountKeysDbContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteAccountKeysDbContext>().UseSqlite("Data Source=:memory:").Options);

    PostgresAccountKeysDbContext IDesignTimeDbContextFactory<PostgresAccountKeysDbContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresAccountKeysDbContext>().UseNpgsql("Host=nowhere").Options);
}
