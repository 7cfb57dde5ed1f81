namespace AuthService.Client.Connections;

/// <summary>The connection in use. When the server renews its certificate, the next one takes over.</summary>
internal sealed class ServerConnections(AuthServiceClientOptions options) : IDisposable
{
    private readonly Lock _changing = new();
    private ServerConnection _current = new(options);
    private ServerConnection? _previous;

    public ServerConnection Current
    {
        get
        {
            lock (_changing)
            {
                if (_current.IsSuperseded)
                {
                    // Calls may still be running on the one before; those on the one before that have had their time.
                    _previous?.Dispose();
                    _previous = _current;
                    _current = new ServerConnection(options);
                }

                return _current;
            }
        }
    }

    public void Dispose()
    {
        _previous?.Dispose();
        _current.Dispose();
    }
}
