using System.Collections.Concurrent;

namespace AuthService.Tests.ClientAspNetCore;

/// <summary>What lies between a service and AuthService: counts the calls that pass, and can be cut or blocked for each RPC.</summary>
internal sealed class Cable() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private HashSet<string> _cut = [];
    private CancellationTokenSource _cuts = new();
    private TaskCompletionSource _passes = Open();

    /// <summary>How often an RPC was called, whether the call came through or not.</summary>
    public int Calls(string rpc) => _calls.GetValueOrDefault(rpc);

    /// <summary>From now on these fail, and so do streams of them that are open.</summary>
    public void Cut(params string[] rpcs)
    {
        lock (_lock)
        {
            _cut = [.. rpcs];
            _cuts.Cancel();
            _cuts.Dispose();
            _cuts = new CancellationTokenSource();
        }
    }

    public void Mend() => Cut();

    /// <summary>Streams that are open stay so, and nothing comes through any more.</summary>
    public void Block() => _passes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var rpc = request.RequestUri!.Segments[^1];
        _calls.AddOrUpdate(rpc, 1, (_, count) => count + 1);
        CancellationToken cut;
        lock (_lock)
        {
            if (_cut.Contains(rpc))
                throw new HttpRequestException("The cable is cut.");
            cut = _cuts.Token;
        }

        // A new call finds its way round whatever blocks an old one.
        var passes = _passes = Open();
        var response = await base.SendAsync(request, cancellationToken);
        if (rpc == "WatchSessions")
        {
            var content = new StreamContent(new CableStream(await response.Content.ReadAsStreamAsync(cancellationToken), () => _passes.Task, cut));
            foreach (var header in response.Content.Headers)
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            response.Content = content;
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _cuts.Dispose();
        base.Dispose(disposing);
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private sealed class CableStream(Stream inner, Func<Task> passes, CancellationToken cut) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cut, cancellationToken);
            try
            {
                var read = await inner.ReadAsync(buffer, either.Token);
                await passes().WaitAsync(either.Token);
                return read;
            }
            catch (OperationCanceledException cause) when (cut.IsCancellationRequested)
            {
                throw new IOException("The cable is cut.", cause);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
