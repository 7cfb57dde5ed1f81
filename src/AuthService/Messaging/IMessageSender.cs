namespace AuthService.Messaging;

/// <summary>The way out: the boundary to mail and SMS.</summary>
public interface IMessageSender
{
    /// <summary>Hands a message over. Returns when the other side has taken it.</summary>
    /// <exception cref="MessageRefusedException">It was refused for good: another try would be in vain.</exception>
    /// <exception cref="Exception">It was not taken: it is tried again later.</exception>
    Task SendAsync(Message message, CancellationToken cancellationToken);
}

/// <summary>The other side will never take this message: there is no such mailbox or line.</summary>
/// <param name="why">For the log: neither recipient nor content.</param>
public sealed class MessageRefusedException(string why, Exception? cause = null) : Exception(why, cause);
