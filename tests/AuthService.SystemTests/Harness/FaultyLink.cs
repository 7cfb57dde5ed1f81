using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AuthService.SystemTests.Harness;

/// <summary>
/// A stretch of network before a server on loopback, which fails on demand. What it holds back arrives later, as TCP sends again what
/// was lost; what it drops is gone, and the connection with it.
/// </summary>
public sealed class FaultyLink : IAsyncDisposable
{
    /// <summary>Windows, pings and acknowledgements of HTTP/2 are smaller, answers with tokens in them are not.</summary>
    private const int LeastAnswer = 200;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private readonly Dice _dice;
    private readonly Task _accepting;
    private TaskCompletionSource? _requestsHeld;
    private TaskCompletionSource? _answersHeld;
    private (int Least, int Most) _delay;
    private int _dropOneIn;
    private int _held;
    private int _delayed;
    private int _answers;
    private int _dropped;

    private FaultyLink(int server, int seed)
    {
        (_server, _dice) = (server, new Dice(seed));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often something was held back, in either direction.</summary>
    public int Held => Volatile.Read(ref _held);

    public int Delayed => Volatile.Read(ref _delayed);

    /// <summary>While answers were being dropped: those that came, dropped ones too.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public int Dropped => Volatile.Read(ref _dropped);

    /// <param name="server">The port of what is behind it.</param>
    /// <param name="seed">Of the delays, and of which answers are dropped.</param>
    public static FaultyLink To(int server, int seed) => new(server, seed);

    /// <summary>Everything that passes takes this many milliseconds.</summary>
    public void Delay(int least, int most) => _delay = (least, most);

    /// <summary>One answer in so many is dropped, after its request arrived; what else is on its connection is lost as well.</summary>
    public void DropAnswers(int oneIn) => Volatile.Write(ref _dropOneIn, oneIn);

    /// <summary>Nothing passes, in either direction.</summary>
    public void BlackHole()
    {
        Volatile.Write(ref _requestsHeld, NewGate());
        CutAnswers();
    }

    /// <summary>Requests arrive, answers do not.</summary>
    public void CutAnswers() => Volatile.Write(ref _answersHeld, NewGate());

    /// <summary>Ends all connections as a router does that has forgotten them; what is held back on them is lost.</summary>
    public void Reset()
    {
        foreach (var connection in _connections.Keys)
            connection.Reset();
    }

    public void Heal()
    {
        _delay = default;
        DropAnswers(0);
        Interlocked.Exchange(ref _requestsHeld, null)?.SetResult();
        Interlocked.Exchange(ref _answersHeld, null)?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Heal();
        Reset();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var connection = new Connection(await _listener.AcceptSocketAsync(_end.Token));
                var passing = new TaskCompletionSource();
                _connections[connection] = passing.Task;
                _ = PassAsync(connection, passing);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // Nobody is let in any more; or a caller was gone before it was let in.
            }
        }
    }

    private async Task PassAsync(Connection connection, TaskCompletionSource passed)
    {
        try
        {
            await HoldAsync(Volatile.Read(ref _requestsHeld));
            await connection.Server.ConnectAsync(IPAddress.Loopback, _server);
            await Task.WhenAll(
                PassAsync(connection, connection.Client, connection.Server, areAnswers: false),
                PassAsync(connection, connection.Server, connection.Client, areAnswers: true));
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end went: so does the other.
        }
        finally
        {
            connection.Reset();
            _connections.TryRemove(connection, out _);
            passed.SetResult();
        }
    }

    private async Task PassAsync(Connection connection, Socket from, Socket to, bool areAnswers)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer) is > 0 and var received)
            {
                await HoldAsync(areAnswers ? Volatile.Read(ref _answersHeld) : Volatile.Read(ref _requestsHeld));
                await DelayAsync();
                if (areAnswers && received >= LeastAnswer && IsDropped())
                {
                    connection.Reset();
                    return;
                }

                for (var sent = 0; sent < received;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, received - sent));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            connection.Reset();
            throw;
        }
    }

    private async Task HoldAsync(TaskCompletionSource? gate)
    {
        if (gate is null)
            return;
        Interlocked.Increment(ref _held);
        await gate.Task;
    }

    private async Task DelayAsync()
    {
        var (least, most) = _delay;
        if (most == 0)
            return;
        Interlocked.Increment(ref _delayed);
        await Task.Delay(least + _dice.Throw(most - least + 1));
    }

    private bool IsDropped()
    {
        var oneIn = Volatile.Read(ref _dropOneIn);
        if (oneIn == 0)
            return false;
        Interlocked.Increment(ref _answers);
        if (_dice.Throw(oneIn) != 0)
            return false;
        Interlocked.Increment(ref _dropped);
        return true;
    }

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Connection(Socket client)
    {
        public Socket Client { get; } = NoDelay(client);

        public Socket Server { get; } = NoDelay(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));

        public void Reset()
        {
            Client.Close(timeout: 0);
            Server.Close(timeout: 0);
        }

        private static Socket NoDelay(Socket socket)
        {
            socket.NoDelay = true;
            return socket;
        }
    }
}
