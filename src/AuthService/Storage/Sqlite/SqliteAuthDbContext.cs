using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage.Sqlite;

/// <summary>The rows in SQLite: its migrations belong to this type.</summary>
public sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options) : AuthDbContext(options);
