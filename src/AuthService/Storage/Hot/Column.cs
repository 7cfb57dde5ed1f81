using System.Data;

namespace AuthService.Storage.Hot;

/// <summary>A column of a row, and what is stored in it.</summary>
/// <param name="Name">As the model names it.</param>
/// <param name="Type">Of what is stored.</param>
/// <param name="Value">Of a row, null included.</param>
internal sealed record Column<TRow>(string Name, DbType Type, Func<TRow, object?> Value);
