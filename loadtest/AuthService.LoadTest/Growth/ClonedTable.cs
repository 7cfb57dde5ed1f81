using AuthService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AuthService.LoadTest.Growth;

/// <summary>How the rows of one account in a table become those of another. What has to differ says the model: keys, unique indexes, ids.</summary>
internal sealed class ClonedTable
{
    private const string Account = "AccountId";

    private readonly IEntityType _type;
    private readonly ISqlDialect _dialect;

    private ClonedTable(IEntityType type, ISqlDialect dialect) => (_type, _dialect) = (type, dialect);

    public string Name => (_type.GetSchema() is { } schema ? $"{schema}." : "") + $"\"{_type.GetTableName()}\"";

    /// <summary>
    /// The tables that grow with accounts. Not those that hold what lasts minutes (codes, step-ups, challenges), nor the population's,
    /// which are bounded.
    /// </summary>
    public static IReadOnlyList<ClonedTable> In(DbContext rows, ISqlDialect dialect) =>
    [
        .. rows.Model.GetEntityTypes()
            .Where(type => type.GetTableName() is "Accounts" or "Contacts" or "Consents" or "Profiles" or "Sessions" or "DeviceTokens"
                or "NetworkAccounts" or "AuditEvents" or "AccountKeys")
            .Select(type => new ClonedTable(type, dialect)),
    ];

    /// <summary>One statement for all of them.</summary>
    public string Clone(string template, long from, long count)
    {
        var columns = _type.GetProperties().Where(property => !IsNumbered(property)).ToList();
        var names = string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""));
        return $"""
            INSERT INTO {Name} ({names})
            SELECT {string.Join(", ", columns.Select(Value))} FROM (SELECT * FROM {Name} {Rows(template)}) t, {_dialect.Series(from, count)}
            """;
    }

    private static bool IsNumbered(IProperty property) => property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long);

    /// <summary>All consents, and one row each of the rest: the newest.</summary>
    private string Rows(string template) => _type.GetTableName() switch
    {
        "NetworkAccounts" => "LIMIT 1",
        "Accounts" => $"WHERE \"Id\" = '{template}'",
        "Consents" => $"WHERE \"{Account}\" = '{template}'",
        "AuditEvents" => $"WHERE \"{Account}\" = '{template}' AND \"Verdict\" IS NOT NULL ORDER BY \"Sequence\" DESC LIMIT 1",
        "Sessions" => $"WHERE \"{Account}\" = '{template}' AND \"EndedAt\" IS NULL LIMIT 1",
        _ => $"WHERE \"{Account}\" = '{template}' LIMIT 1",
    };

    private string Value(IProperty property)
    {
        var column = $"t.\"{property.GetColumnName()}\"";
        var stored = property.GetValueConverter()?.ProviderClrType ?? property.ClrType;
        if (stored == typeof(byte[]))
            return IsUnique(property) || property.Name.StartsWith("Wrapped", StringComparison.Ordinal) ? _dialect.Random(column) : column;
        return stored == typeof(string) && (IsUnique(property) || property.Name.EndsWith("Id", StringComparison.Ordinal)) ? _dialect.Renumber(column) : column;
    }

    private static bool IsUnique(IProperty property) =>
        property.IsPrimaryKey() || property.GetContainingIndexes().Any(index => index.IsUnique);
}

/// <summary>What two databases write differently.</summary>
internal interface ISqlDialect
{
    /// <summary>Rows with a column <c>n</c>.</summary>
    string Series(long from, long count);

    /// <summary>As many random bytes as the column has, or null if it is.</summary>
    string Random(string column);

    /// <summary>An id of the same length that only <c>n</c> has; text that is too short for one stays.</summary>
    string Renumber(string column);
}
