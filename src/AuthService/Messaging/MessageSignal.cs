using System.Threading.Channels;

namespace AuthService.Messaging;

/// <summary>Wakes the dispatcher. Raised any number of times before it looks, it wakes it once.</summary>
public sealed class MessageSignal
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Raise() => _raised.Writer.TryWrite(true);

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _raised.Reader.ReadAsync(cancellationToken);
}
