namespace AuthService.Ecv.Risk;

/// <summary>What to do with a login. Numbers as in risk.proto.</summary>
public enum Decision
{
    Unspecified = 0,
    Allow = 1,
    StepUp = 2,
    Deny = 3,
}

/// <summary>What, beyond a score, entitles to <see cref="Decision.Allow"/>. Numbers as in risk.proto.</summary>
public enum Gate
{
    Unspecified = 0,
    Shut = 1,

    /// <summary>A valid proof by a key bound to this account, past its probation.</summary>
    Key = 2,

    /// <summary>A device token that this server issued after a passed step-up.</summary>
    DeviceToken = 3,

    /// <summary>A network that this account has used on two earlier days, and that few share.</summary>
    FamiliarNetwork = 4,
}

/// <summary>How much a signal's source is worth. Numbers as in risk.proto.</summary>
public enum Provenance : byte
{
    Unspecified = 0,
    Claimed = 1,
    Proven = 2,
    Observed = 3,
}

/// <summary>What a comparison showed. Numbers as in risk.proto.</summary>
public enum EvidenceCode : byte
{
    Unspecified = 0,
    Absent = 1,
    NoHistory = 2,
    Seen = 3,
    SeenCoarse = 4,
    Unseen = 5,
    Similar = 6,
    Upgraded = 7,
    Downgraded = 8,
    ProofValid = 9,
    DeviceTokenValid = 10,
    ProofMissing = 11,
    ChallengeRelayed = 12,
    NetworkFailures = 13,
    Remembered = 14,
    Travel = 15,
    Conflict = 16,
    IdentifiersFailing = 17,
    AccountFailures = 18,
    DeviceFailures = 19,
}
