using System.Text;
using AuthService.Messaging;
using AuthService.Storage.Rows;
using Microsoft.Extensions.Options;
using MimeKit;

namespace AuthService.Tests.Messaging;

public sealed class SmtpSenderTests
{
    private static readonly Message Code = new(ContactKind.Email, "ada@example.org", MessageTemplate.VerifyContact, "de-DE", "123456");

    [Fact]
    public async Task A_mail_says_in_the_readers_language_what_it_is_about()
    {
        await using var sink = new SmtpSink();

        await SenderTo(sink).SendAsync(Code, default);

        var mail = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(sink.Mails.Single())));
        mail.To.Mailboxes.Single().Address.ShouldBe("ada@example.org");
        mail.From.Mailboxes.Single().Address.ShouldBe("no-reply@example.org");
        mail.Subject.ShouldBe("Ihr Code zur Anmeldung eines Kontos");
        mail.TextBody.ShouldStartWith("123456 ist Ihr Code");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_refused_for_good()
    {
        await using var sink = new SmtpSink("RCPT", "550 no such user");

        var fault = await Should.ThrowAsync<MessageRefusedException>(() => SenderTo(sink).SendAsync(Code, default));

        fault.Message.ShouldNotContain("ada@example.org");
    }

    [Theory]
    [InlineData("RCPT", "450 busy")]
    [InlineData("MAIL", "550 we do not know you")]
    [InlineData("DATA", "554 not now")]
    public async Task What_may_pass_later_is_not_refused_for_good(string command, string answer)
    {
        await using var sink = new SmtpSink(command, answer);

        var fault = await Should.ThrowAsync<Exception>(() => SenderTo(sink).SendAsync(Code, default));

        fault.ShouldNotBeOfType<MessageRefusedException>();
    }

    [Fact]
    public async Task Without_the_TLS_that_was_asked_for_nothing_is_sent()
    {
        await using var sink = new SmtpSink();

        await Should.ThrowAsync<NotSupportedException>(() => SenderTo(sink, SmtpTls.StartTls).SendAsync(Code, default));

        sink.Commands.ShouldNotContain(command => command.StartsWith("MAIL", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_after_the_timeout()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;

        await Should.ThrowAsync<OperationCanceledException>(() => Sender(port, SmtpTls.None, TimeSpan.FromMilliseconds(200)).SendAsync(Code, default));
    }

    private static SmtpSender SenderTo(SmtpSink sink, SmtpTls tls = SmtpTls.None) => Sender(sink.Port, tls, TimeSpan.FromSeconds(20));

    private static SmtpSender Sender(int port, SmtpTls tls, TimeSpan timeout) => new(
        Options.Create(new MessagingOptions
        {
            Smtp = new SmtpOptions { Host = "127.0.0.1", Port = port, Tls = tls, From = "Example <no-reply@example.org>", Timeout = timeout },
        }),
        TimeProvider.System);
}
