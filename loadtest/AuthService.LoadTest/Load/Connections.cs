using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;

namespace AuthService.LoadTest.Load;

/// <summary>
/// Some HTTP/2 connections to one server, and unary gRPC calls on them with as little of a client as there can be: it shares the cores
/// with the server.
/// </summary>
internal sealed class Connections : IDisposable
{
    private static readonly MediaTypeHeaderValue ContentType = new("application/grpc");

    private readonly HttpMessageInvoker[] _connections;
    private readonly Uri _server;

    public Connections(Uri server, int count)
    {
        _server = server;
        _connections = [.. Enumerable.Range(0, count).Select(_ => new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null,
            InitialHttp2StreamWindowSize = 1024 * 1024,
        }))];
    }

    public int Count => _connections.Length;

    /// <returns>gRPC's status, UNAVAILABLE if the connection broke; and the frame of the answer if it is OK.</returns>
    public async Task<(int Status, byte[] Frame)> CallAsync(int connection, RawRequest call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server, call.Path))
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(call.Frame),
        };
        request.Content.Headers.ContentType = ContentType;
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in call.Metadata)
            request.Headers.TryAddWithoutValidation(name, value);

        try
        {
            using var response = await _connections[connection % _connections.Length].SendAsync(request, CancellationToken.None);
            var frame = await response.Content.ReadAsByteArrayAsync();
            return (StatusOf(response), frame);
        }
        catch (HttpRequestException)
        {
            return ((int)StatusCode.Unavailable, []);
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private static int StatusOf(HttpResponseMessage response)
    {
        if (!response.TrailingHeaders.TryGetValues("grpc-status", out var values) && !response.Headers.TryGetValues("grpc-status", out values))
            throw new HttpRequestException($"HTTP {(int)response.StatusCode}, and no gRPC status.");
        return int.Parse(values.First(), CultureInfo.InvariantCulture);
    }
}
