using System.Buffers.Text;
using System.Text.Json;
using AuthService.Security.Keys;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Audit;

/// <summary>Turns what is stored of an event into what its reader sees: the address unsealed, the verdict judged again.</summary>
internal sealed class EventReader(AccountKeyStore accountKeys, VerdictReplay replay)
{
    public async ValueTask<AuditEvent> ReadAsync(AuditEventRow row, CancellationToken cancellationToken) => new()
    {
        Sequence = row.Sequence,
        EventId = row.Id,
        EventTime = row.At.ToTimestamp(),
        Type = (EventType)row.Type,
        AccountId = row.AccountId ?? "",
        SessionId = row.SessionId ?? "",
        DeviceId = row.DeviceId ?? "",
        Rpc = row.Rpc,
        Reason = row.Reason ?? "",
        Caller = row.Caller ?? "",
        NetworkToken = row.NetworkToken is { } token ? Base64Url.EncodeToString(token) : "",
        Network = await NetworkOfAsync(row, cancellationToken),
        Verdict = await replay(row, cancellationToken),
        Details = { DetailsOf(row) },
        Count = row.Count,
        Recorded = RecordedOf(row),
        VerdictId = row.VerdictId ?? "",
    };

    /// <summary>What the log says was decided, beside which a replay can be held.</summary>
    public static RecordedVerdict? RecordedOf(AuditEventRow row) => row.Verdict is { } numbers
        ? new RecordedVerdict
        {
            Decision = (Decision)(row.Decision ?? 0),
            ScoreMillibits = row.ScoreMillibits ?? 0,
            PolicyVersion = row.PolicyVersion ?? "",
            ModelVersion = row.ModelVersion ?? "",
            Numbers = ByteString.CopyFrom(numbers),
        }
        : null;

    /// <summary>Empty once the account's keys are gone: then nobody can tell any more.</summary>
    private async ValueTask<string> NetworkOfAsync(AuditEventRow row, CancellationToken cancellationToken) =>
        row is { NetworkSealed: { } box, AccountId: { } account }
        && await accountKeys.FindAsync(AccountId.Parse(account), cancellationToken) is { } keys
        && Sealing.TryOpenText(keys, AuditTrail.NetworkField, box, out var network)
            ? network
            : "";

    private static Dictionary<string, string> DetailsOf(AuditEventRow row) =>
        row.Details is { } json ? JsonSerializer.Deserialize(json, AuditJson.Default.DictionaryStringString) ?? [] : [];
}
