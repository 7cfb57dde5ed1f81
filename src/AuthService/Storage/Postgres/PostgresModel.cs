using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage.Postgres;

/// <summary>What PostgreSQL must be told of a model.</summary>
internal static class PostgresModel
{
    /// <summary>Ids and cursors sort by their bytes, as in SQLite: a locale's order changes with the operating system.</summary>
    public static void OrderTextByBytes(this ModelBuilder model)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if ((property.GetValueConverter()?.ProviderClrType ?? property.ClrType) == typeof(string))
                property.SetCollation("C");
        }
    }
}
