using System.Text.RegularExpressions;
using AuthService.SystemTests.Harness;

namespace AuthService.SystemTests.Production;

/// <summary>A mail server of somebody else's making: Python's aiosmtpd, which prints what it takes.</summary>
public sealed partial class MailServer : IAsyncDisposable
{
    // Prints when it listens, and every message after that, decoded.
    private const string Program = """
        import asyncio, email, email.policy, sys
        from aiosmtpd.controller import Controller

        class Printing:
            async def handle_DATA(self, server, session, envelope):
                message = email.message_from_bytes(envelope.content, policy=email.policy.default)
                text = message.get_content().replace("\n", " ")
                print("mail", *envelope.rcpt_tos, message["Subject"], "|", text, flush=True)
                return "250 taken"

        controller = Controller(Printing(), hostname="127.0.0.1", port=int(sys.argv[1]))
        controller.start()
        print("listening", flush=True)
        asyncio.new_event_loop().run_forever()
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ChildProcess _process;

    private MailServer(ChildProcess process, string port) => (_process, Port) = (process, port);

    public string Port { get; }

    public static async Task<MailServer> StartAsync()
    {
        var port = FreePort.Find();
        var server = new MailServer(ChildProcess.Start("/usr/bin/python3", ["-c", Program, port]), port);
        (await server.LineAsync(line => line == "listening")).ShouldNotBeNull(server._process.Output.Text);
        return server;
    }

    /// <summary>The code in the mail that this contact gets. Waits for it.</summary>
    public async Task<string> CodeAsync(string contact)
    {
        var mail = await LineAsync(line => line.StartsWith($"mail {contact} ", StringComparison.Ordinal) && Code().IsMatch(line));
        return Code().Match(mail.ShouldNotBeNull(_process.Output.Text)).Value;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<string?> LineAsync(Func<string, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _process.Output.FirstAsync(isWanted, patience.Token);
    }

    [GeneratedRegex(@"\b\d{6,8}\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
