using System.Text.Json;

namespace AuthService.Cli.Demo;

/// <summary>The mail that Development writes to a file, read as its recipient would.</summary>
internal sealed class Mailbox(FileInfo file, string owner)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private int _read;

    /// <summary>The code of the next message of this kind that has not been read yet. Waits for it.</summary>
    public async Task<string> NextCodeAsync(string template, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var timer = new PeriodicTimer(LookAgain, TimeProvider.System);
        try
        {
            while (true)
            {
                if (await FindAsync(template, cancellationToken) is { } code)
                    return code;
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure($"No message '{template}' to {owner} came to {file.FullName}. Is it the outbox of this service? See --outbox.");
        }
    }

    private async Task<string?> FindAsync(string template, CancellationToken cancellationToken)
    {
        if (!File.Exists(file.FullName))
            return null;

        var lines = await File.ReadAllLinesAsync(file.FullName, cancellationToken);
        for (; _read < lines.Length; _read++)
        {
            using var message = JsonDocument.Parse(lines[_read]);
            var fields = message.RootElement;
            if (fields.GetProperty("to").GetString() == owner && fields.GetProperty("template").GetString() == template)
            {
                _read++;
                return fields.GetProperty("code").GetString();
            }
        }

        return null;
    }
}
