namespace AuthService.Storage.Rows;

/// <summary>A login, or a signed-in person, that has still to show one more factor.</summary>
public sealed class StepUpRow
{
    public required string Id { get; init; }
    public required string AccountId { get; init; }

    /// <summary>The session to make fresh; null for a login.</summary>
    public string? SessionId { get; set; }

    /// <summary>The bound device whose key proved possession at the login, if one did.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The network, or the device key, that began it and alone may complete it.</summary>
    public required byte[] RequesterToken { get; init; }

    /// <summary>What the login's number was taken against, to be given back when the step-up is passed.</summary>
    public byte[]? AttemptTarget { get; init; }

    /// <summary>Tokens of the surroundings, learned only when the step-up is passed.</summary>
    public byte[]? Environment { get; init; }

    public string? VerdictId { get; init; }

    /// <summary>The factors that complete it: bit n is <c>FactorKind</c> n.</summary>
    public int AllowedFactors { get; init; }

    /// <summary>The factors already passed at the login: bit n is <c>FactorKind</c> n.</summary>
    public int PassedFactors { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>From when on its factors count; set after a recovery by the same channel.</summary>
    public DateTimeOffset? AvailableAt { get; init; }

    public int Attempts { get; set; }

    public int CodesSent { get; set; }

    /// <summary>Keyed hash over id and the code sent last.</summary>
    public byte[]? CodeHash { get; set; }

    public int CodeFactor { get; set; }
    public DateTimeOffset? CodeExpiresAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>The request that completed it, and a keyed hash of its factor: the same may run again while the code lives.</summary>
    public string? CompletedByRequestId { get; set; }

    public byte[]? CompletedFactorHash { get; set; }

    public string? OpenedSessionId { get; set; }
}
