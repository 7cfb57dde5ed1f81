using System.Data;
using AuthService.Storage.Rows;

namespace AuthService.Storage.Hot;

/// <summary>The columns of <see cref="AuditEventRow"/>, but for the number that the database gives it.</summary>
internal static class EventColumns
{
    public static IReadOnlyList<Column<AuditEventRow>> All { get; } =
    [
        new("Id", DbType.String, row => row.Id),
        new("At", DbType.Int64, row => Stored.Time(row.At)),
        new("Type", DbType.Int32, row => row.Type),
        new("AccountId", DbType.String, row => row.AccountId),
        new("SessionId", DbType.String, row => row.SessionId),
        new("DeviceId", DbType.String, row => row.DeviceId),
        new("Rpc", DbType.String, row => row.Rpc),
        new("Reason", DbType.String, row => row.Reason),
        new("Caller", DbType.String, row => row.Caller),
        new("NetworkToken", DbType.Binary, row => row.NetworkToken),
        new("NetworkSealed", DbType.Binary, row => row.NetworkSealed),
        new("VerdictId", DbType.String, row => row.VerdictId),
        new("Verdict", DbType.Binary, row => row.Verdict),
        new("Decision", DbType.Int32, row => row.Decision),
        new("ScoreMillibits", DbType.Int64, row => row.ScoreMillibits),
        new("PolicyVersion", DbType.String, row => row.PolicyVersion),
        new("ModelVersion", DbType.String, row => row.ModelVersion),
        new("Details", DbType.String, row => row.Details),
        new("Count", DbType.Int64, row => row.Count),
    ];
}
