namespace AuthService.Storage.Rows;

/// <summary>A recovery by a contact alone, of an account that has guards: its password opens nothing until it is due. One an account.</summary>
public sealed class WaitingRecoveryRow
{
    public required string AccountId { get; init; }

    /// <summary>PHC string of the new password.</summary>
    public required string PasswordHash { get; init; }

    public bool PasswordStandsAlone { get; init; }

    /// <summary>The contact's kind.</summary>
    public ContactKind Channel { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>See <c>Security/Trust</c>.</summary>
    public DateTimeOffset TrustedFrom { get; init; }
}
