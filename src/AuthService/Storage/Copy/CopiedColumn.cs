using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace AuthService.Storage.Copy;

/// <summary>A column in both stores. What is read of either is a value as PostgreSQL holds it.</summary>
internal sealed class CopiedColumn
{
    private readonly RelationalTypeMapping _source;
    private readonly RelationalTypeMapping _target;
    private readonly Func<DbDataReader, int, object> _readSource;
    private readonly Func<DbDataReader, int, object> _readTarget;

    public CopiedColumn(IColumn source, IColumn target)
    {
        (Name, _source, _target) = (target.Name, source.PropertyMappings[0].TypeMapping, target.PropertyMappings[0].TypeMapping);
        (_readSource, _readTarget) = (ReaderOf(Stored(_source)), ReaderOf(Stored(_target)));
    }

    public string Name { get; }

    /// <summary>PostgreSQL's name of its type.</summary>
    public string StoreType => _target.StoreTypeNameBase;

    /// <summary>What it is read as.</summary>
    public Type Type => Stored(_target);

    /// <summary>The model's converters of both stores are applied.</summary>
    public object? ReadSource(DbDataReader row, int at)
    {
        if (row.IsDBNull(at))
            return null;

        var stored = _readSource(row, at);
        var value = _source.Converter is { } from ? from.ConvertFromProvider(stored) : stored;
        return _target.Converter is { } to ? to.ConvertToProvider(value) : value;
    }

    public object? ReadTarget(DbDataReader row, int at) => row.IsDBNull(at) ? null : _readTarget(row, at);

    private static Type Stored(RelationalTypeMapping mapping)
    {
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static Func<DbDataReader, int, object> ReaderOf(Type type) =>
        typeof(CopiedColumn).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).CreateDelegate<Func<DbDataReader, int, object>>();

    private static object Read<T>(DbDataReader row, int at)
        where T : notnull =>
        row.GetFieldValue<T>(at);
}
