using System.Data;
using System.Data.Common;
using AuthService.Storage.Rows;

namespace AuthService.Storage.Hot;

/// <summary>The columns of <see cref="ProfileRow"/>.</summary>
internal static class ProfileColumns
{
    public static Column<ProfileRow> AccountId { get; } = new("AccountId", DbType.String, row => row.AccountId);

    public static IReadOnlyList<Column<ProfileRow>> All { get; } =
    [
        AccountId,
        new("Profile", DbType.Binary, row => row.Profile),
        new("WhereaboutsSealed", DbType.Binary, row => row.WhereaboutsSealed),
        new("WhereaboutsUntil", DbType.Int64, row => Stored.Time(row.WhereaboutsUntil)),
        new("UpdatedAt", DbType.Int64, row => Stored.Time(row.UpdatedAt)),
    ];

    public static ProfileRow Read(DbDataReader reader) => new()
    {
        AccountId = reader.GetString(0),
        Profile = Stored.ReadBytes(reader, 1)!,
        WhereaboutsSealed = Stored.ReadBytes(reader, 2),
        WhereaboutsUntil = Stored.ReadTimeOrNull(reader, 3),
        UpdatedAt = Stored.ReadTime(reader, 4),
    };
}
