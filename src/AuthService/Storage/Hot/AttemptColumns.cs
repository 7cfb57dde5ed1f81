using System.Data;
using System.Data.Common;
using AuthService.Storage.Rows;

namespace AuthService.Storage.Hot;

/// <summary>The columns of <see cref="AttemptRow"/>.</summary>
internal static class AttemptColumns
{
    public static Column<AttemptRow> Target { get; } = new("Target", DbType.Binary, row => row.Target);

    public static IReadOnlyList<Column<AttemptRow>> All { get; } =
        [Target, new("Failures", DbType.Int32, row => row.Failures), new("LastAt", DbType.Int64, row => Stored.Time(row.LastAt))];

    public static AttemptRow Read(DbDataReader reader) => new()
    {
        Target = Stored.ReadBytes(reader, 0)!, Failures = reader.GetInt32(1), LastAt = Stored.ReadTime(reader, 2),
    };
}
