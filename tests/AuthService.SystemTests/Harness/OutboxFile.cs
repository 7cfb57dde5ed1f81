using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthService.SystemTests.Harness;

/// <summary>A line of Development's outbox.</summary>
public sealed record OutboxMessage(
    [property: JsonPropertyName("to")] string To,
    [property: JsonPropertyName("template")] string Template,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("reportToken")] string? ReportToken = null);

/// <summary>Reads what Development would have sent, as it is written. Safe to use from several tests' clients at once.</summary>
public sealed class OutboxFile(string path)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();
    private readonly List<OutboxMessage> _messages = [];
    private long _read;

    /// <summary>The next code sent to this contact that was not taken yet. Waits for it.</summary>
    public async Task<string> NextCodeAsync(string contact, CancellationToken cancellationToken = default)
    {
        var number = _taken.AddOrUpdate(contact, 1, (_, taken) => taken + 1);
        var messages = await WaitAsync(
            all => all.Where(message => message.To == contact && message.Code is not null).Skip(number - 1).Take(1).ToList(),
            $"code {number} for {contact}",
            cancellationToken);
        return messages[0].Code!;
    }

    /// <summary>All codes that this contact was sent, taken or not. Waits for the first.</summary>
    public async Task<IReadOnlyList<string>> AllCodesAsync(string contact)
    {
        var messages = await WaitAsync(
            all => all.Where(message => message.To == contact && message.Code is not null).ToList(), $"code for {contact}", CancellationToken.None);
        return [.. messages.Select(message => message.Code!)];
    }

    /// <summary>Waits until this contact was sent such a message.</summary>
    public Task WaitForAsync(string contact, string template) => WaitAsync(
        all => all.Where(message => message.To == contact && message.Template == template).ToList(),
        $"{template} for {contact}",
        CancellationToken.None);

    public IReadOnlyList<OutboxMessage> All()
    {
        lock (_reading)
        {
            Read();
            return [.. _messages];
        }
    }

    private async Task<IReadOnlyList<OutboxMessage>> WaitAsync(
        Func<IReadOnlyList<OutboxMessage>, IReadOnlyList<OutboxMessage>> pick, string what, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var timer = new PeriodicTimer(LookAgain);
        while (true)
        {
            lock (_reading)
            {
                Read();
                if (pick(_messages) is { Count: > 0 } found)
                    return found;
            }

            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No {what} within {Patience} in {path}", late);
            }
        }
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
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _messages.Add(JsonSerializer.Deserialize<OutboxMessage>(line)!);
        _read += whole;
    }
}
