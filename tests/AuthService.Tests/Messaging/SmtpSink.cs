using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuthService.Tests.Messaging;

/// <summary>A mail server that takes what it is given, or answers one command with something else (RFC 5321).</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;
    private readonly (string Command, string Answer)? _instead;

    /// <param name="command">A command's verb, to be answered with <paramref name="answer"/>.</param>
    public SmtpSink(string? command = null, string? answer = null)
    {
        _instead = command is null ? null : (command, answer!);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The mails that were taken, as they came.</summary>
    public List<string> Mails { get; } = [];

    /// <summary>The commands that came.</summary>
    public List<string> Commands { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await ConverseAsync(client.GetStream());
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private async Task ConverseAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync(_stopping.Token) is { } command)
        {
            Commands.Add(command);
            var verb = command.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == _instead?.Command)
            {
                await writer.WriteLineAsync(_instead.Value.Answer);
            }
            else if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                Mails.Add(await ReadMailAsync(reader));
                await writer.WriteLineAsync("250 taken");
            }
            else
            {
                await writer.WriteLineAsync(verb == "EHLO" ? "250-sink\r\n250 SMTPUTF8" : "250 ok");
            }
        }
    }

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stopping.Token) is { } line && line != ".")
            mail.AppendLine(line);
        return mail.ToString();
    }
}
