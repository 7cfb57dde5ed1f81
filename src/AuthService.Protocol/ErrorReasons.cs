namespace AuthService.Protocol;

/// <summary>
/// Why a call was refused, in one word for programs: <c>google.rpc.ErrorInfo.reason</c> (AIP-193), with
/// <see cref="ErrorDomain.Name"/> as its domain. Every refusal carries exactly one. Texts may change, these do not.
/// </summary>
public static class ErrorReasons
{
    /// <summary>INVALID_ARGUMENT: a field is malformed or missing; <c>BadRequest</c> names it.</summary>
    public const string InvalidField = "INVALID_FIELD";

    /// <summary>UNAUTHENTICATED: wrong identifier or secret, or a refusal that depends on the account's profile. Never told apart.</summary>
    public const string InvalidCredentials = "INVALID_CREDENTIALS";

    /// <summary>PERMISSION_DENIED: refused whatever the account, for instance for the network's reputation.</summary>
    public const string EnvironmentDenied = "ENVIRONMENT_DENIED";

    /// <summary>UNAUTHENTICATED: the proof or its challenge is wrong, expired or was used before.</summary>
    public const string InvalidProof = "INVALID_PROOF";

    /// <summary>UNAUTHENTICATED: the session is bound to a device key and the call carried no proof by it.</summary>
    public const string ProofRequired = "PROOF_REQUIRED";

    /// <summary>UNAUTHENTICATED: the last factor is too long ago for this call; see <c>StartStepUp</c>.</summary>
    public const string FreshFactorRequired = "FRESH_FACTOR_REQUIRED";

    /// <summary>UNAUTHENTICATED: no credential, or one that is not good any more.</summary>
    public const string CredentialRequired = "CREDENTIAL_REQUIRED";

    /// <summary>PERMISSION_DENIED: the credential is good but lacks a scope, see <see cref="Scopes"/>.</summary>
    public const string ScopeRequired = "SCOPE_REQUIRED";

    /// <summary>NOT_FOUND: the caller has no such thing.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>UNAUTHENTICATED: wrong code.</summary>
    public const string InvalidCode = "INVALID_CODE";

    /// <summary>FAILED_PRECONDITION: the step-up, verification, pairing or code is over or was used.</summary>
    public const string StepUpExpired = "STEP_UP_EXPIRED";

    /// <summary>RESOURCE_EXHAUSTED: a limit is reached; <c>QuotaFailure</c> names it, <c>RetryInfo</c> says when to come back.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>RESOURCE_EXHAUSTED: password hashing is at capacity; <c>RetryInfo</c> says when to come back.</summary>
    public const string Overloaded = "OVERLOADED";

    /// <summary>UNAUTHENTICATED: no session has this refresh token.</summary>
    public const string SessionUnknown = "SESSION_UNKNOWN";

    /// <summary>UNAUTHENTICATED: the session or its refresh token is past its time.</summary>
    public const string SessionExpired = "SESSION_EXPIRED";

    /// <summary>UNAUTHENTICATED: the session was ended.</summary>
    public const string SessionRevoked = "SESSION_REVOKED";

    /// <summary>UNAUTHENTICATED: the refresh token's successor was already used, so the whole family ended.</summary>
    public const string SessionReused = "SESSION_REUSED";

    /// <summary>UNAUTHENTICATED: the risk rose since the session began; sign in again.</summary>
    public const string SessionStepUpRequired = "SESSION_STEP_UP_REQUIRED";

    /// <summary>FAILED_PRECONDITION: the current policy version is not accepted.</summary>
    public const string PolicyNotAccepted = "POLICY_NOT_ACCEPTED";

    /// <summary>FAILED_PRECONDITION: too young for this region.</summary>
    public const string AgeGate = "AGE_GATE";

    /// <summary>FAILED_PRECONDITION: this instance serves another region.</summary>
    public const string WrongRegion = "WRONG_REGION";

    /// <summary>ABORTED: it was changed since the version that the request is based on; read it again (AIP-154).</summary>
    public const string VersionConflict = "VERSION_CONFLICT";

    /// <summary>FAILED_PRECONDITION: the service may not write its keyring's file; an operator rotates keys there, offline.</summary>
    public const string KeyringReadOnly = "KEYRING_READ_ONLY";

    /// <summary>UNAVAILABLE: a store cannot be reached; nothing was changed.</summary>
    public const string StoreUnavailable = "STORE_UNAVAILABLE";

    /// <summary>INTERNAL: the service's own fault. Carries an id to search the logs by, nothing else.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        InvalidField, InvalidCredentials, EnvironmentDenied, InvalidProof, ProofRequired, FreshFactorRequired,
        CredentialRequired, ScopeRequired, NotFound, InvalidCode, StepUpExpired, RateLimited, Overloaded,
        SessionUnknown, SessionExpired, SessionRevoked, SessionReused, SessionStepUpRequired,
        PolicyNotAccepted, AgeGate, WrongRegion, VersionConflict, KeyringReadOnly, StoreUnavailable, Internal,
    ];
}
