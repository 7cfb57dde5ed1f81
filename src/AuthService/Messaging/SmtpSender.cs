using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace AuthService.Messaging;

/// <summary>Hands mail to a mail server (RFC 6409). A connection for each message: they are few, and a server that hangs holds up no other.</summary>
internal sealed class SmtpSender(IOptions<MessagingOptions> options, TimeProvider clock)
{
    public async Task SendAsync(Message message, CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp; // checked at start
        using var timeout = new CancellationTokenSource(smtp.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);

        using var mail = Compose(message, smtp);
        using var client = new SmtpClient();
        await client.ConnectAsync(smtp.Host!, smtp.Port, SecurityOf(smtp.Tls), either.Token);
        if (smtp is { User: not null, Password: not null })
            await client.AuthenticateAsync(smtp.User, smtp.Password, either.Token);
        try
        {
            await client.SendAsync(FormatOptions.Default, mail, either.Token);
        }
        catch (SmtpCommandException fault) when (fault.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)fault.StatusCode >= 500)
        {
            // RFC 5321 §4.2.1: 5yz is permanent. Of the sender or the message it may be about our configuration: that can be mended.
            throw new MessageRefusedException($"the mail server does not know the recipient ({(int)fault.StatusCode})", fault);
        }

        // The server has it: how the connection ends is of no account.
        await client.DisconnectAsync(quit: false, CancellationToken.None);
    }

    private static MimeMessage Compose(Message message, SmtpOptions smtp)
    {
        var text = MessageTexts.Of(message);
        var mail = new MimeMessage
        {
            Subject = text.Subject,
            Body = new TextPart("plain") { Text = $"{text.Body}\n\n{text.Footer}\n" },
        };
        mail.From.Add(MailboxAddress.Parse(smtp.From!));
        mail.To.Add(new MailboxAddress(name: null, message.To));

        // RFC 3834 §5: no out-of-office reply, please.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static SecureSocketOptions SecurityOf(SmtpTls tls) => tls switch
    {
        SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
        SmtpTls.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
