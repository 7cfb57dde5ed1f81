using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AuthService.Storage.Copy;

/// <summary>A table in both stores, as the model has it: a table that is new there is copied without another word.</summary>
internal sealed class CopiedTable
{
    private readonly string _columns;
    private readonly string _key;

    private CopiedTable(ITable source, ITable target)
    {
        (Schema, Name) = (target.Schema!, target.Name);
        Columns = [.. target.Columns.Select(column => new CopiedColumn(source.FindColumn(column.Name)!, column))];
        _columns = Listed(Columns.Select(column => column.Name));
        _key = Listed(target.PrimaryKey!.Columns.Select(column => column.Name));
    }

    public string Schema { get; }

    public string Name { get; }

    public IReadOnlyList<CopiedColumn> Columns { get; }

    /// <summary>Its name in SQLite's statements.</summary>
    public string InSource => Quoted(Name);

    /// <summary>Its name in PostgreSQL's statements.</summary>
    public string InTarget => $"{Quoted(Schema)}.{Quoted(Name)}";

    /// <summary>Both stores order text and bytes by their bytes: rows come in the same order.</summary>
    public string SelectFromSource => $"SELECT {_columns} FROM {InSource} ORDER BY {_key}";

    public string SelectFromTarget => $"SELECT {_columns} FROM {InTarget} ORDER BY {_key}";

    public string CopyToTarget => $"COPY {InTarget} ({_columns}) FROM STDIN (FORMAT BINARY)";

    public static IReadOnlyList<CopiedTable> In(DbContext source, DbContext target)
    {
        var sources = source.Model.GetRelationalModel().Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        return [.. target.Model.GetRelationalModel().Tables.Select(table => new CopiedTable(sources[table.Name], table))];
    }

    /// <summary>A name of the model's, which is never a stranger's.</summary>
    public static string Quoted(string name) => $"\"{name}\"";

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(Quoted));
}
