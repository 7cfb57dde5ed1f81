namespace AuthService.Storage.Rows;

/// <summary>
/// A contact that was proven: it waits to take the place of the one before, or took it lately, and can still be put back
/// (<c>Accounts/ContactChanges</c>). Both contacts are sealed under the account's data key.
/// </summary>
public sealed class ContactChangeRow
{
    public required string Id { get; init; }
    public required string AccountId { get; init; }
    public ContactKind Kind { get; init; }
    public required byte[] NewSealed { get; init; }

    /// <summary>The contact that it replaced; null before it has, and where there was none.</summary>
    public byte[]? OldSealed { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it counts; see <c>Security/Trust</c>.</summary>
    public DateTimeOffset TrustedFrom { get; init; }

    /// <summary>When it took effect; null while it waits.</summary>
    public DateTimeOffset? MadeAt { get; set; }
}
