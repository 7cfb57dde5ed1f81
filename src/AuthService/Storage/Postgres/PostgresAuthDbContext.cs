using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage.Postgres;

/// <summary>The rows in PostgreSQL: its migrations belong to this type.</summary>
public sealed class PostgresAuthDbContext(DbContextOptions<PostgresAuthDbContext> options) : AuthDbContext(options)
{
    public const string Schema = "authservice";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        base.OnModelCreating(modelBuilder);
        modelBuilder.OrderTextByBytes();
    }
}
