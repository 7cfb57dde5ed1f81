namespace AuthService.Protocol;

/// <summary>What a credential may do. A user's access token carries the first two, a service's credential any of the others.</summary>
public static class Scopes
{
    /// <summary>Users: their own account, sessions, consents and factors.</summary>
    public const string Account = "account";

    /// <summary>Users: their own devices.</summary>
    public const string Device = "device";

    /// <summary>Services: ask whether an access token is good.</summary>
    public const string SessionsValidate = "sessions.validate";

    /// <summary>Services: follow the state changes of all sessions.</summary>
    public const string SessionsWatch = "sessions.watch";

    /// <summary>Services: turn signals into an ECV.</summary>
    public const string EcvCompute = "ecv.compute";

    /// <summary>Services: judge an environment against an account's profile. A powerful oracle.</summary>
    public const string EcvVerify = "ecv.verify";

    /// <summary>Services: read a past verdict with its evidence. A powerful oracle.</summary>
    public const string RiskExplain = "risk.explain";

    /// <summary>Operators: thresholds and weights.</summary>
    public const string RiskAdmin = "risk.admin";

    /// <summary>Services: read the audit log.</summary>
    public const string AuditRead = "audit.read";

    /// <summary>Services: export the audit log.</summary>
    public const string AuditExport = "audit.export";

    /// <summary>Operators: policies, requests of data subjects, statistics.</summary>
    public const string PrivacyAdmin = "privacy.admin";

    /// <summary>Operators: everything else.</summary>
    public const string Admin = "admin";

    /// <summary>Those of a person's access token.</summary>
    public static IReadOnlyList<string> OfUsers { get; } = [Account, Device];

    /// <summary>Those that a service's credential may be given.</summary>
    public static IReadOnlyList<string> OfServices { get; } =
    [
        SessionsValidate, SessionsWatch, EcvCompute, EcvVerify, RiskExplain, RiskAdmin,
        AuditRead, AuditExport, PrivacyAdmin, Admin,
    ];
}
