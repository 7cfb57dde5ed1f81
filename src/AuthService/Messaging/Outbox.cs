using System.Text.Json;
using AuthService.Security.Keys;
using AuthService.Storage;
using AuthService.Storage.Rows;

namespace AuthService.Messaging;

/// <summary>Takes messages in the transaction that decides on them, so that none is lost, and none is sent for what did not happen.</summary>
public sealed class Outbox(ServiceSealing sealing, MessageSignal signal, TimeProvider clock)
{
    public void Enqueue(Work work, Message message) =>
        Add(work, JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Default.Message));

    /// <summary>
    /// Writes what <see cref="Enqueue"/> would, to nobody: so that a request about an unknown contact costs what one about a
    /// known contact does.
    /// </summary>
    public void EnqueueToNobody(Work work) => Add(work, MessageToNobody);

    private static ReadOnlySpan<byte> MessageToNobody => "null"u8;

    private void Add(Work work, ReadOnlySpan<byte> message)
    {
        // Sealed: contacts and codes lie in no table readable.
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        work.Rows.Messages.Add(new MessageRow
        {
            Id = id,
            Sealed = sealing.Seal(KeyUse.Messages, id, message),
            CreatedAt = work.Now,
            NextAttemptAt = work.Now,
        });
        work.AfterCommit(signal.Raise);
    }
}
