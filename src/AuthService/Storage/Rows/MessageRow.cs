namespace AuthService.Storage.Rows;

/// <summary>A message that waits to be sent: written in the transaction that decided on it, erased once it is delivered.</summary>
public sealed class MessageRow
{
    public required string Id { get; init; }

    /// <summary>Recipient, template and values, sealed.</summary>
    public required byte[] Sealed { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset NextAttemptAt { get; set; }
    public int Attempts { get; set; }
}
