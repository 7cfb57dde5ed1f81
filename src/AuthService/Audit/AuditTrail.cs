using System.Collections.ObjectModel;
using System.Text.Json;
using AuthService.Hosting.Network;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Ids;
using AuthService.Storage.Rows;
using AuthService.V1;

namespace AuthService.Audit;

/// <summary>Writes events, each in the transaction of the change that it reports: neither stands without the other.</summary>
public sealed class AuditTrail(NetworkTokens networks, TimeProvider clock)
{
    /// <summary>The name that sealed network addresses are bound to.</summary>
    internal const string NetworkField = "audit.network";

    /// <summary>The detail of events whose verdict was recorded, and not acted on.</summary>
    internal const string MonitorOnly = "monitor_only";

    public void Record(Work work, AuditEntry entry) => work.Append(RowOf(entry, work.Now));

    internal AuditEventRow RowOf(AuditEntry entry, DateTimeOffset at) => new()
    {
        Id = NewId(clock),
        At = at,
        Type = (int)entry.Type,
        AccountId = entry.Account?.Value,
        SessionId = entry.Session?.Value,
        DeviceId = entry.Device?.Value,
        Rpc = entry.Call.Rule.Rpc.Value,
        Reason = entry.Reason,
        Caller = entry.Call.CallerName,
        NetworkToken = networks.TokenOf(entry.Call.Network, at),
        NetworkSealed = Seal(entry.Call.Network, entry),
        VerdictId = entry.VerdictId,
        Verdict = entry.Verdict?.Numbers,
        Decision = entry.Verdict?.Decision,
        ScoreMillibits = entry.Verdict?.ScoreMillibits,
        PolicyVersion = entry.Verdict?.PolicyVersion,
        ModelVersion = entry.Verdict?.ModelVersion,
        Details = DetailsOf(entry) is { } details ? JsonOf(details) : null,
        Count = 1,
    };

    /// <summary>What happens in no call: at start, or by an operator's hand on the database.</summary>
    /// <param name="actor">Who did it: <c>bootstrap</c>, <c>authctl</c>.</param>
    /// <param name="details">Never secrets, signals or contacts.</param>
    /// <param name="account">That it is about, or null.</param>
    public void RecordOwnAct(
        Work work, EventType type, string actor, IReadOnlyDictionary<string, string> details, AccountId? account = null) =>
        work.Append(new AuditEventRow
        {
            Id = NewId(clock),
            At = work.Now,
            Type = (int)type,
            AccountId = account?.Value,
            Rpc = "",
            Caller = actor,
            Details = JsonOf(details),
            Count = 1,
        });

    internal static string NewId(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <summary>A verdict that nobody acted on says so: what followed did not follow from it.</summary>
    private static IReadOnlyDictionary<string, string>? DetailsOf(AuditEntry entry) => entry.Verdict is { MonitorOnly: true }
        ? new Dictionary<string, string>(entry.Details ?? ReadOnlyDictionary<string, string>.Empty, StringComparer.Ordinal) { [MonitorOnly] = "true" }
        : entry.Details;

    private static string JsonOf(IReadOnlyDictionary<string, string> details) =>
        JsonSerializer.Serialize(details, AuditJson.Default.IReadOnlyDictionaryStringString);

    private static byte[]? Seal(ClientNetwork network, AuditEntry entry) =>
        entry.Keys is { } keys ? Sealing.Seal(keys, NetworkField, network.Address.ToString()) : null;
}
