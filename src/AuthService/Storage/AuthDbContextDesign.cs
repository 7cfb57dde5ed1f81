using AuthService.Storage.Postgres;
using AuthService.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AuthService.Storage;

/// <summary>For <c>dotnet ef</c>, which needs the model and no database.</summary>
internal sealed class AuthDbContextDesign : IDesignTimeDbContextFactory<SqliteAuthDbContext>, IDesignTimeDbContextFactory<PostgresAuthDbContext>
{
    SqliteAuthDbContext IDesignTimeDbContextFactory<SqliteAuthDbContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteAuthDbContext>().UseSqlite("Data Source=:memory:").Options);

    PostgresAuthDbContext IDesignTimeDbContextFactory<PostgresAuthDbContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresAuthDbContext>().UseNpgsql("Host=nowhere").Options);
}
