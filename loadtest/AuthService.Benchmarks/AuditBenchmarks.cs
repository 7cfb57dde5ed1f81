using System.Diagnostics.CodeAnalysis;
using AuthService.Audit;
using AuthService.Ecv.Risk;
using AuthService.Risk;
using AuthService.V1;
using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using RiskPolicy = AuthService.Ecv.Risk.RiskPolicy;

namespace AuthService.Benchmarks;

/// <summary>
/// Events of logins, with their verdicts, appended to the audit log in SQLite, durable as in the service, beside bare INSERTs of rows of
/// the same bytes into the same table. By the clock on the wall: a commit waits for the disk.
/// </summary>
[Config(typeof(WallClock))]
[SuppressMessage("Design", "CA1001", Justification = "CleanUp disposes of them.")]
public class AuditBenchmarks
{
    private readonly AuditTrail trail = new(new NetworkTokens(GivenServer.Keyring), TimeProvider.System);
    private TemporaryDatabase store = null!;
    private AuditEntry entry = null!;
    private SqliteCommand insert = null!;

    [Params(1, 256)]
    public int EventsInTransaction { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        store = new TemporaryDatabase();
        var record = RiskEngine.Measure(Given.Question(Given.FullProfile(), Given.Environment(3)));
        entry = new AuditEntry(EventType.LoginSucceeded, GivenServer.Login)
        {
            Account = GivenServer.Keys.Account, Keys = GivenServer.Keys, Session = GivenServer.Session, Device = GivenServer.Device,
            VerdictId = $"vrd_{Guid.CreateVersion7(Given.Now):N}",
            Verdict = RiskEngine.Replay(record, RiskPolicy.Default).ToRecord(record, monitorOnly: false),
        };
        await Append();
        insert = InsertOfTheSame();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        insert.Dispose();
        store.Dispose();
    }

    [Benchmark(Baseline = true, Description = "bare INSERTs")]
    public void Insert()
    {
        using var transaction = store.Bare.BeginTransaction();
        insert.Transaction = transaction;
        for (var i = 0; i < EventsInTransaction; i++)
            insert.ExecuteNonQuery();
        transaction.Commit();
    }

    [Benchmark(Description = "append")]
    public Task Append() => store.Database.WriteAsync(
        work =>
        {
            for (var i = 0; i < EventsInTransaction; i++)
                trail.Record(work, entry);
            return Task.CompletedTask;
        },
        CancellationToken.None);

    private SqliteCommand InsertOfTheSame()
    {
        using var select = store.Bare.CreateCommand();
        select.CommandText = "SELECT * FROM AuditEvents LIMIT 1";
        using var row = select.ExecuteReader();
        row.Read();

        var command = store.Bare.CreateCommand();
        command.CommandText =
            """
            INSERT INTO AuditEvents (
              Id, At, Type, AccountId, SessionId, DeviceId, Rpc, Reason, Caller, NetworkToken, NetworkSealed, VerdictId, Verdict, Decision,
              ScoreMillibits, PolicyVersion, ModelVersion, Details, Count)
            VALUES (
              $Id, $At, $Type, $AccountId, $SessionId, $DeviceId, $Rpc, $Reason, $Caller, $NetworkToken, $NetworkSealed, $VerdictId, $Verdict,
              $Decision, $ScoreMillibits, $PolicyVersion, $ModelVersion, $Details, $Count)
            """;
        for (var column = 0; column < row.FieldCount; column++)
        {
            if (row.GetName(column) is var name && name != "Sequence")
                command.Parameters.AddWithValue($"${name}", row.GetValue(column));
        }

        command.Prepare();
        return command;
    }
}
