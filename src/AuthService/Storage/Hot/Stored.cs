using System.Data.Common;

namespace AuthService.Storage.Hot;

/// <summary>Values as they are stored; see <see cref="AuthDbContext"/>'s conventions.</summary>
internal static class Stored
{
    public static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? Time(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static DateTimeOffset ReadTime(DbDataReader reader, int at) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(at));

    public static DateTimeOffset? ReadTimeOrNull(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : ReadTime(reader, at);

    public static string? ReadText(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);

    public static int? ReadNumber(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetInt32(at);

    public static byte[]? ReadBytes(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetFieldValue<byte[]>(at);
}
