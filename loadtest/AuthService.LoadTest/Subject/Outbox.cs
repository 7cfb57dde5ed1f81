using System.Collections.Concurrent;
using System.Text.Json;

namespace AuthService.LoadTest.Subject;

/// <summary>Reads the codes that a service in Development writes to its outbox file, as they come.</summary>
internal sealed class Outbox(string path)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, string> _codes = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();
    private long _read;

    /// <summary>The next code that a contact is sent; each is given once.</summary>
    /// <exception cref="TimeoutException">There was none for half a minute.</exception>
    public async Task<string> CodeAsync(string contact)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(LookAgain);
        while (!patience.IsCancellationRequested)
        {
            lock (_reading)
                Read();
            if (_codes.TryRemove(contact, out var code))
                return code;
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        throw new TimeoutException($"{contact} was sent no code within {Patience}.");
    }

    /// <summary>Takes what was appended since, up to the last whole line.</summary>
    private void Read()
    {
        if (!File.Exists(path))
            return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = _read;
        var bytes = new byte[file.Length - _read];
        file.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("code", out var code))
                _codes[message.RootElement.GetProperty("to").GetString()!] = code.GetString()!;
        }

        _read += whole;
    }
}
