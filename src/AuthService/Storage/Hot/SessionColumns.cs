using System.Data;
using System.Data.Common;
using AuthService.Storage.Rows;

namespace AuthService.Storage.Hot;

/// <summary>The columns of <see cref="SessionRow"/>.</summary>
internal static class SessionColumns
{
    public static Column<SessionRow> Id { get; } = new("Id", DbType.String, row => row.Id);

    /// <summary>Those that a session's life changes.</summary>
    public static IReadOnlyList<Column<SessionRow>> Changing { get; } =
    [
        new("DeviceId", DbType.String, row => row.DeviceId),
        new("RefreshedAt", DbType.Int64, row => Stored.Time(row.RefreshedAt)),
        new("EndedAt", DbType.Int64, row => Stored.Time(row.EndedAt)),
        new("EndedBecause", DbType.Int32, row => (int?)row.EndedBecause),
        new("Factors", DbType.Int32, row => row.Factors),
        new("FactorAt", DbType.Int64, row => Stored.Time(row.FactorAt)),
        new("SecondFactorAt", DbType.Int64, row => Stored.Time(row.SecondFactorAt)),
        new("VouchedAt", DbType.Int64, row => Stored.Time(row.VouchedAt)),
        new("Risk", DbType.Int32, row => row.Risk),
        new("Generation", DbType.Int32, row => row.Generation),
        new("TokensFrom", DbType.Int32, row => row.TokensFrom),
        new("CurrentHash", DbType.Binary, row => row.CurrentHash),
        new("NextHash", DbType.Binary, row => row.NextHash),
        new("NextSealed", DbType.Binary, row => row.NextSealed),
        new("ExchangedAt", DbType.Int64, row => Stored.Time(row.ExchangedAt)),
    ];

    /// <summary>In the order in which they are read.</summary>
    public static IReadOnlyList<Column<SessionRow>> All { get; } =
    [
        Id,
        new("AccountId", DbType.String, row => row.AccountId),
        new("CreatedAt", DbType.Int64, row => Stored.Time(row.CreatedAt)),
        new("ExpiresAt", DbType.Int64, row => Stored.Time(row.ExpiresAt)),
        new("OpenedByRequestId", DbType.String, row => row.OpenedByRequestId),
        .. Changing,
    ];

    public static SessionRow Read(DbDataReader reader)
    {
        var at = 0;
        return new SessionRow
        {
            Id = reader.GetString(at++),
            AccountId = reader.GetString(at++),
            CreatedAt = Stored.ReadTime(reader, at++),
            ExpiresAt = Stored.ReadTime(reader, at++),
            OpenedByRequestId = Stored.ReadText(reader, at++),
            DeviceId = Stored.ReadText(reader, at++),
            RefreshedAt = Stored.ReadTime(reader, at++),
            EndedAt = Stored.ReadTimeOrNull(reader, at++),
            EndedBecause = (SessionEnd?)Stored.ReadNumber(reader, at++),
            Factors = reader.GetInt32(at++),
            FactorAt = Stored.ReadTime(reader, at++),
            SecondFactorAt = Stored.ReadTimeOrNull(reader, at++),
            VouchedAt = Stored.ReadTimeOrNull(reader, at++),
            Risk = reader.GetInt32(at++),
            Generation = reader.GetInt32(at++),
            TokensFrom = reader.GetInt32(at++),
            CurrentHash = Stored.ReadBytes(reader, at++)!,
            NextHash = Stored.ReadBytes(reader, at++),
            NextSealed = Stored.ReadBytes(reader, at++),
            ExchangedAt = Stored.ReadTimeOrNull(reader, at),
        };
    }
}
