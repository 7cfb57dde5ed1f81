using System.Reflection;
using System.Runtime.CompilerServices;
using AuthService.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AuthService.Tests.Stores.Copy;

/// <summary>Rows in each table that the models have, whatever it is about.</summary>
internal static class EveryTable
{
    /// <summary>Fills the SQLite files of a folder. In the first row what may be null is null, in the last nothing is.</summary>
    public static async Task FillAsync(string folder, IEnumerable<StoredModel> models, int rowsEach)
    {
        foreach (var model in models)
        {
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, model.File)};Pooling=false");
            await using var rows = model.InSqlite(connection);
            foreach (var type in rows.Model.GetEntityTypes())
            {
                for (var number = 1; number <= rowsEach; number++)
                    rows.Add(Make(type, number, isBare: number == 1));
            }

            await rows.SaveChangesAsync();
        }
    }

    private static object Make(IEntityType type, int number, bool isBare)
    {
        var row = RuntimeHelpers.GetUninitializedObject(type.ClrType);
        foreach (var property in type.GetProperties())
        {
            if (!(isBare && property.IsNullable))
                property.PropertyInfo!.SetValue(row, ValueOf(property, number));
        }

        return row;
    }

    /// <summary>Keys do not come in their order, and hold what sorts by bytes and not by letters.</summary>
    private static object ValueOf(IProperty property, int number)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var scattered = number * 7919 % 104_729;
        return type switch
        {
            _ when type == typeof(string) => $"{"aÄz_Z"[number % 5]}{scattered} {property.Name}",
            _ when type == typeof(byte[]) => BitConverter.GetBytes(scattered),
            _ when type == typeof(bool) => number % 2 == 0,
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddMilliseconds(scattered),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(number % Enum.GetValues(type).Length)!,
            _ => Convert.ChangeType(scattered, type, null),
        };
    }
}
