using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage;

/// <summary>One of the deployment's databases, in both of its forms.</summary>
/// <param name="File">The name of SQLite's file.</param>
/// <param name="Schema">The name of PostgreSQL's schema.</param>
/// <param name="InSqlite">Its context on a connection, which stays the caller's.</param>
/// <param name="InPostgres">Likewise.</param>
public sealed record StoredModel(string File, string Schema, Func<DbConnection, DbContext> InSqlite, Func<DbConnection, DbContext> InPostgres);
