namespace AuthService.Storage.Rows;

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    RevokedByOwner = 1,
    RevokedByService = 2,
    RefreshReused = 3,
    PasswordChanged = 4,
    Recovered = 5,
    DeviceUnbound = 6,
    FactorRemoved = 7,

    /// <summary>The request that opened it was sent again, and opened another.</summary>
    Superseded = 8,
    Compromised = 9,
}

/// <summary>A session and its refresh family, in one row (design §6): see <c>Sessions/README.md</c>.</summary>
public sealed class SessionRow
{
    public required string Id { get; init; }
    public required string AccountId { get; init; }

    /// <summary>The device key that it is bound to, or null.</summary>
    public string? DeviceId { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the refresh token was last exchanged, or the session opened.</summary>
    public DateTimeOffset RefreshedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public SessionEnd? EndedBecause { get; set; }

    /// <summary>The factors passed: bit n is <c>FactorKind</c> n.</summary>
    public int Factors { get; set; }

    /// <summary>When a factor was last passed; what needs a fresh one looks here.</summary>
    public DateTimeOffset FactorAt { get; set; }

    /// <summary>When the factor that lifts the session to aal2 was last passed; null if none was, or once that lapsed.</summary>
    public DateTimeOffset? SecondFactorAt { get; set; }

    /// <summary>When a second factor or device key was last passed that may vouch for something new; see <c>Security/Trust</c>.</summary>
    public DateTimeOffset? VouchedAt { get; set; }

    /// <summary>The number of the <c>RiskLevel</c>.</summary>
    public int Risk { get; set; }

    /// <summary>The request that opened it (see <see cref="RequestIds"/>): a repeat ends this session and opens another.</summary>
    public string? OpenedByRequestId { get; init; }

    /// <summary>The generation of the current refresh token, from 0.</summary>
    public int Generation { get; set; }

    /// <summary>The lowest generation whose tokens are good: those before it were replaced at once, not exchanged.</summary>
    public int TokensFrom { get; set; }

    /// <summary>SHA-256 of the refresh token that is current.</summary>
    public required byte[] CurrentHash { get; set; }

    /// <summary>SHA-256 of its successor, once it was exchanged.</summary>
    public byte[]? NextHash { get; set; }

    /// <summary>The successor, sealed under a key derived from the current token: only its holder can read it.</summary>
    public byte[]? NextSealed { get; set; }

    public DateTimeOffset? ExchangedAt { get; set; }
}
