namespace AuthService.Security.Keys;

/// <summary>What a key of the keyring is for. A key has one use: nothing that one part computes means anything to another.</summary>
/// <remarks>The names, in kebab case, are those of the keyring's file.</remarks>
public enum KeyUse
{
    /// <summary>Key-encryption key: wraps the keys of accounts (AES-256-GCM).</summary>
    Kek,

    /// <summary>Passwords are run through HMAC with it before they are hashed (SP 800-63B-4 §3.1.1.2: a keyed hash, its key kept apart).</summary>
    Pepper,

    /// <summary>Look-up of contacts and of counters, without the contact itself.</summary>
    BlindIndex,

    /// <summary>MAC over challenges that the server does not keep.</summary>
    Challenge,

    /// <summary>MAC over refresh tokens.</summary>
    Refresh,

    /// <summary>MAC over the text form of an ECV.</summary>
    EcvMac,

    /// <summary>Tokens of population statistics, which no account's key may influence.</summary>
    Population,

    /// <summary>Tokens of the day for network addresses in the audit log.</summary>
    NetworkToken,

    /// <summary>Seals messages that wait to be sent (AES-256-GCM).</summary>
    Messages,

    /// <summary>Stored form of one-time codes, see <see cref="OneTimeCodes"/>.</summary>
    OneTimeCode,

    /// <summary>MAC over requests whose answers are kept (AIP-155), and over what replicas share in a cache; seals those answers.</summary>
    Request,

    /// <summary>Maps an unknown identifier to what it is answered with, the same at each try.</summary>
    Decoy,

    /// <summary>MAC over page tokens and cursors that callers hand back.</summary>
    Cursor,

    /// <summary>Signs access tokens: ECDSA P-256, PKCS #8. See <see cref="SigningKeys"/>.</summary>
    Signing,
}
