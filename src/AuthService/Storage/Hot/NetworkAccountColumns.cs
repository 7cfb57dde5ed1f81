using System.Data;
using System.Data.Common;
using AuthService.Storage.Rows;

namespace AuthService.Storage.Hot;

/// <summary>The columns of <see cref="NetworkAccountRow"/>.</summary>
internal static class NetworkAccountColumns
{
    public static IReadOnlyList<Column<NetworkAccountRow>> Key { get; } =
        [new("Network", DbType.Binary, row => row.Network), new("Account", DbType.Binary, row => row.Account)];

    public static IReadOnlyList<Column<NetworkAccountRow>> All { get; } = [.. Key, new("LastSeenAt", DbType.Int64, row => Stored.Time(row.LastSeenAt))];

    public static NetworkAccountRow Read(DbDataReader reader) => new()
    {
        Network = Stored.ReadBytes(reader, 0)!, Account = Stored.ReadBytes(reader, 1)!, LastSeenAt = Stored.ReadTime(reader, 2),
    };
}
