using System.Data;
using AuthService.Storage.Rows;

namespace AuthService.Storage.Hot;

/// <summary>The statements, in one store's words.</summary>
/// <param name="schema">What tables' names begin with, or empty.</param>
/// <param name="lockingRow">What makes a SELECT lock the row that it finds, or empty.</param>
internal sealed class Statements(string schema, string lockingRow)
{
    public Statement<string> SelectSession { get; } = new(
        "Sessions",
        $"SELECT {Names(SessionColumns.All)} FROM {schema}\"Sessions\" WHERE \"Id\" = @p0{lockingRow}", [new("Id", DbType.String, id => id)]);

    public Statement<SessionRow> InsertSession { get; } = Insert(schema, "Sessions", SessionColumns.All);

    public Statement<SessionRow> UpdateSession { get; } = new(
        "Sessions",
        $"UPDATE {schema}\"Sessions\" SET {Sets(SessionColumns.Changing)} WHERE \"Id\" = @p{SessionColumns.Changing.Count}",
        [.. SessionColumns.Changing, SessionColumns.Id]);

    /// <summary>Whether a request has opened a session that is open still.</summary>
    public Statement<SessionOpening> FindOpened { get; } = new(
        "Sessions",
        $"SELECT 1 FROM {schema}\"Sessions\" WHERE \"AccountId\" = @p0 AND \"CreatedAt\" > @p1 AND \"OpenedByRequestId\" = @p2 AND \"EndedAt\" IS NULL LIMIT 1",
        [
            new("AccountId", DbType.String, opening => opening.Account),
            new("CreatedAt", DbType.Int64, opening => Stored.Time(opening.Since)),
            new("OpenedByRequestId", DbType.String, opening => opening.Request),
        ]);

    /// <summary>Whether what a login was judged by is still so.</summary>
    public Statement<LoginGround> FindGround { get; } = new(
        "Accounts",
        $"SELECT 1 FROM {schema}\"Accounts\" WHERE \"Id\" = @p0 AND \"PasswordChangedAt\" = @p1 AND \"PasswordResetRequiredAt\" IS NULL "
        + $"AND (@p2 IS NULL OR EXISTS (SELECT 1 FROM {schema}\"Devices\" WHERE \"Id\" = @p2)) "
        + $"AND (@p3 IS NULL OR EXISTS (SELECT 1 FROM {schema}\"DeviceTokens\" WHERE \"Id\" = @p3))",
        [
            new("Id", DbType.String, ground => ground.Account),
            new("PasswordChangedAt", DbType.Int64, ground => Stored.Time(ground.PasswordChangedAt)),
            new("Device", DbType.String, ground => ground.Device),
            new("Token", DbType.String, ground => ground.DeviceToken),
        ]);

    public Statement<byte[]> SelectAttempt { get; } = new(
        "Attempts",
        $"SELECT {Names(AttemptColumns.All)} FROM {schema}\"Attempts\" WHERE \"Target\" = @p0", [new("Target", DbType.Binary, target => target)]);

    public Statement<AttemptRow> PutAttempt { get; } = Put(schema, "Attempts", [AttemptColumns.Target], AttemptColumns.All);

    public Statement<byte[]> DeleteAttempt { get; } = new(
        "Attempts",
        $"DELETE FROM {schema}\"Attempts\" WHERE \"Target\" = @p0", [new("Target", DbType.Binary, target => target)]);

    public Statement<string> SelectProfile { get; } = new(
        "Profiles",
        $"SELECT {Names(ProfileColumns.All)} FROM {schema}\"Profiles\" WHERE \"AccountId\" = @p0", [new("AccountId", DbType.String, account => account)]);

    public Statement<ProfileRow> PutProfile { get; } = Put(schema, "Profiles", [ProfileColumns.AccountId], ProfileColumns.All);

    public Statement<NetworkAccountRow> SelectNetworkAccount { get; } = new(
        "NetworkAccounts",
        $"SELECT {Names(NetworkAccountColumns.All)} FROM {schema}\"NetworkAccounts\" WHERE \"Network\" = @p0 AND \"Account\" = @p1", NetworkAccountColumns.Key);

    public Statement<NetworkAccountRow> PutNetworkAccount { get; } = Put(schema, "NetworkAccounts", NetworkAccountColumns.Key, NetworkAccountColumns.All);

    /// <summary>Gives a device's token a successor, if it still stands as it was presented.</summary>
    public Statement<TokenRotation> RotateDeviceToken { get; } = new(
        "DeviceTokens",
        $"UPDATE {schema}\"DeviceTokens\" SET \"CurrentHash\" = @p0, \"NextHash\" = @p1, \"LastUsedAt\" = @p2, \"ExpiresAt\" = @p3 "
        + "WHERE \"Id\" = @p4 AND (\"CurrentHash\" = @p0 OR \"NextHash\" = @p0)",
        [
            new("CurrentHash", DbType.Binary, rotation => rotation.Presented),
            new("NextHash", DbType.Binary, rotation => rotation.Successor),
            new("LastUsedAt", DbType.Int64, rotation => Stored.Time(rotation.UsedAt)),
            new("ExpiresAt", DbType.Int64, rotation => Stored.Time(rotation.ExpiresAt)),
            new("Id", DbType.String, rotation => rotation.Id),
        ]);

    public Statement<AuditEventRow> InsertEvent { get; } = Insert(schema, "AuditEvents", EventColumns.All);

    /// <summary>What <c>COPY</c> of PostgreSQL needs to write events.</summary>
    public string CopyEvents { get; } = $"COPY {schema}\"AuditEvents\" ({Names(EventColumns.All)}) FROM STDIN (FORMAT BINARY)";

    private static Statement<TRow> Insert<TRow>(string schema, string table, IReadOnlyList<Column<TRow>> columns) => new(
        table,
        $"INSERT INTO {schema}\"{table}\" ({Names(columns)}) VALUES ({string.Join(", ", columns.Select((_, at) => $"@p{at}"))})", columns);

    /// <summary>Inserts a row, or has its columns take the place of the one with its key.</summary>
    private static Statement<TRow> Put<TRow>(string schema, string table, IReadOnlyList<Column<TRow>> key, IReadOnlyList<Column<TRow>> columns) => new(
        table,
        $"{Insert(schema, table, columns).Sql} ON CONFLICT ({Names(key)}) DO UPDATE SET "
        + string.Join(", ", columns.Except(key).Select(column => $"\"{column.Name}\" = excluded.\"{column.Name}\"")),
        columns);

    private static string Sets<TRow>(IEnumerable<Column<TRow>> columns) => string.Join(", ", columns.Select((column, at) => $"\"{column.Name}\" = @p{at}"));

    private static string Names<TRow>(IEnumerable<Column<TRow>> columns) => string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
}
