using System.Text.Encodings.Web;
using System.Text.Json;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.Extensions.Options;

namespace AuthService.Messaging;

/// <summary>
/// Development's way out: one JSON object a line in <c>outbox/messages.jsonl</c> of the data folder. Durable when it returns, since
/// the message is erased from the database next.
/// </summary>
internal sealed class OutboxFileSender(IOptions<StorageOptions> storage, TimeProvider clock) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // '+' and 'ü' as they are: this is read by people and by grep, not by browsers.
    private static readonly OutboxJson Readable =
        new(new JsonSerializerOptions(OutboxJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly string _path = storage.Value.FullPath(Path.Combine("outbox", "messages.jsonl"));

    public async Task SendAsync(Message message, CancellationToken cancellationToken)
    {
        var channel = message.Channel == ContactKind.Email ? "email" : "phone";
        var line = new OutboxLine(message.To, message.Template, message.Code, channel, message.Locale, clock.GetUtcNow(), message.ReportToken);
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, Readable.OutboxLine), (byte)'\n'];

        await _writer.WaitAsync(cancellationToken);
        try
        {
            Append(bytes);
        }
        finally
        {
            _writer.Release();
        }
    }

    public void Dispose() => _writer.Dispose();

    private void Append(byte[] line)
    {
        var folder = Path.GetDirectoryName(_path)!;
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // Codes are in here: nobody else's to read, from the moment it is made.
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(_path, options);
        file.Write(line);
        file.Flush(flushToDisk: true);
    }
}
