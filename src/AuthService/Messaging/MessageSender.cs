using AuthService.Storage.Rows;

namespace AuthService.Messaging;

/// <summary>Sends each message by the way that leads to its contact.</summary>
internal sealed class MessageSender(MessageChannels channels, OutboxFileSender file, SmtpSender smtp, SmsSender sms) : IMessageSender
{
    public Task SendAsync(Message message, CancellationToken cancellationToken) => message.Channel switch
    {
        _ when channels.WritesToFile(message.Channel) => file.SendAsync(message, cancellationToken),
        ContactKind.Email => smtp.SendAsync(message, cancellationToken),
        _ => sms.SendAsync(message, cancellationToken),
    };
}
