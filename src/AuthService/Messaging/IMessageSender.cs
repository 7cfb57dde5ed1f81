namespace AuthService.Messaging;

/// <summary>The way out: the boundary to mail and SMS.</summary>
public interface IMessageSender
{
    /// <summary>Hands a message over. Returns when the other side has taken it.</summary>
    /// <exception cref="Exception">It was not taken: it is tried again later.</exception>
    Task SendAsync(Message message, CancellationToken cancellationToken);
}
