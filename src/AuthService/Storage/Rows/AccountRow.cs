namespace AuthService.Storage.Rows;

/// <summary>An account. Personal fields are sealed under its data key (<c>Security/Keys</c>); erasing that key makes them noise.</summary>
public sealed class AccountRow
{
    public required string Id { get; init; }

    /// <summary>
    /// A stand-in that unknown identifiers are mapped to, so that a login of nobody takes the same path as a login of
    /// somebody. Has no contact, and a password that nobody knows.
    /// </summary>
    public bool IsDecoy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When the contact was proven; null while the sign-up is pending, and then nobody can sign in.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>PHC string.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Whether the password has 15 characters or more, as an account without a second factor needs (SP 800-63B-4).</summary>
    public bool PasswordStandsAlone { get; set; }

    public DateTimeOffset PasswordChangedAt { get; set; }

    public required string PolicyVersion { get; set; }
    public required string Locale { get; set; }

    public byte[]? EmailSealed { get; set; }
    public byte[]? PhoneNumberSealed { get; set; }
    public byte[]? GivenNameSealed { get; set; }
    public byte[]? FamilyNameSealed { get; set; }
    public byte[]? AddressSealed { get; set; }

    /// <summary>When the account was last recovered by a contact alone, and by which; see <c>Login/README.md</c>.</summary>
    public DateTimeOffset? RecoveredAt { get; set; }

    public ContactKind? RecoveredBy { get; set; }

    /// <summary>When a trusted key or second factor was last taken away by somebody who showed none; see <c>Security/Trust</c>.</summary>
    public DateTimeOffset? GuardTakenAwayAt { get; set; }

    /// <summary>When a compromise was reported: nobody signs in until a recovery has set a new password. Null otherwise.</summary>
    public DateTimeOffset? PasswordResetRequiredAt { get; set; }
}
