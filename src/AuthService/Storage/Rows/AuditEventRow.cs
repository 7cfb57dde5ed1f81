namespace AuthService.Storage.Rows;

/// <summary>One event of the audit log. Written in the transaction of the change that it reports.</summary>
public sealed class AuditEventRow
{
    /// <summary>The total order: the database counts it up, and never uses a number twice.</summary>
    public long Sequence { get; init; }

    public required string Id { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The number of the <c>EventType</c>.</summary>
    public int Type { get; init; }

    public string? AccountId { get; init; }
    public string? SessionId { get; init; }
    public string? DeviceId { get; init; }
    public required string Rpc { get; init; }
    public string? Reason { get; init; }
    public string? Caller { get; init; }

    /// <summary>Keyed token of the network, of the day.</summary>
    public byte[]? NetworkToken { get; init; }

    /// <summary>The network address, sealed under the account's data key; null where there is no account.</summary>
    public byte[]? NetworkSealed { get; init; }

    public string? VerdictId { get; init; }

    /// <summary>The numbers that the verdict was reached by, in the engine's format: enough to replay it.</summary>
    public byte[]? Verdict { get; init; }

    /// <summary>What was decided then: the number of the <c>Decision</c>. What a replay is compared with.</summary>
    public int? Decision { get; init; }

    public long? ScoreMillibits { get; init; }

    /// <summary>By which policy and by which formulas.</summary>
    public string? PolicyVersion { get; init; }

    public string? ModelVersion { get; init; }

    /// <summary>Further facts as JSON, or null.</summary>
    public string? Details { get; init; }

    public long Count { get; set; }
}
