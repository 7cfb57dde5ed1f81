using System.Collections.Concurrent;
using System.Threading.Channels;
using AuthService.Messaging;

namespace AuthService.Tests;

/// <summary>Takes what the service sends, in place of mail and SMS.</summary>
public sealed class SentMessages : IMessageSender
{
    private readonly Channel<Message> _arrivals = Channel.CreateUnbounded<Message>();
    private readonly ConcurrentQueue<Message> _all = new();

    public IReadOnlyCollection<Message> All => _all;

    public Task SendAsync(Message message, CancellationToken cancellationToken)
    {
        _all.Enqueue(message);
        _arrivals.Writer.TryWrite(message);
        return Task.CompletedTask;
    }

    /// <summary>The next message to this contact; earlier ones to others are passed over. Waits for it, at most a minute.</summary>
    public async Task<Message> NextToAsync(string contact)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var message = await _arrivals.Reader.ReadAsync(patience.Token);
            if (message.To == contact)
                return message;
        }
    }
}
