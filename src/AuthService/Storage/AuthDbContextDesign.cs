using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AuthService.Storage;

/// <summary>For <c>dotnet ef</c>, which needs the model and no database.</summary>
internal sealed class AuthDbContextDesign : IDesignTimeDbContextFactory<AuthDbContext>
{
    public AuthDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<AuthDbContext>().UseSqlite("Data Source=:memory:").Options);
}
