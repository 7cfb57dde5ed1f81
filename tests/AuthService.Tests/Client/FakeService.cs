using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthService.Tests.Client;

/// <summary>
/// A service over real HTTP/2 that answers as told, and remembers what it was sent, byte for byte: below gRPC, since a gRPC
/// service sees messages only.
/// </summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedCall> _calls = new();

    private FakeService(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>By the RPC's own name ("Login"); what it throws is what the caller is told.</summary>
    public ConcurrentDictionary<string, Func<ReceivedCall, Task<IMessage>>> Answers { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<ReceivedCall> Calls(string rpc) => [.. _calls.Where(call => call.Name == rpc)];

    /// <param name="certificate">For TLS; else plaintext.</param>
    /// <param name="port">0 means any.</param>
    public static async Task<FakeService> StartAsync(X509Certificate2? certificate = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
                endpoint.UseHttps(certificate);
        }));
        var service = new FakeService(builder.Build());
        service._app.Run(service.AnswerAsync);
        await service._app.StartAsync();
        service.Address = new Uri(service._app.Urls.Single());
        return service;
    }

    public void On(string rpc, Func<ReceivedCall, IMessage> answer) => Answers[rpc] = call => Task.FromResult(answer(call));

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var call = ReceivedCall.From(http.Request, body.ToArray());
        _calls.Enqueue(call);

        http.Response.ContentType = "application/grpc";
        try
        {
            var answer = (await Answers[call.Name](call)).ToByteArray();
            var prefix = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), answer.Length);
            await http.Response.Body.WriteAsync((byte[])[.. prefix, .. answer]);
            http.Response.AppendTrailer("grpc-status", "0");
        }
        catch (RpcException refusal)
        {
            http.Response.AppendTrailer("grpc-status", ((int)refusal.StatusCode).ToString(CultureInfo.InvariantCulture));
            foreach (var detail in refusal.Trailers)
                http.Response.AppendTrailer(detail.Key, Convert.ToBase64String(detail.ValueBytes));
        }
    }
}

/// <summary>One call as it came over the wire.</summary>
internal sealed record ReceivedCall(string Path, byte Compression, byte[] Message, string? Token, IReadOnlyList<ParsedProof> Proofs)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public T Parse<T>(MessageParser<T> parser)
        where T : IMessage<T> => parser.ParseFrom(Message);

    /// <summary>What the server would verify the proof's signature over.</summary>
    public ProofPayload PayloadOf(ParsedProof proof)
    {
        RpcName.TryParse(Path, out var rpc).ShouldBeTrue();
        return proof.PayloadFor(
            "authservice/de", rpc, System.Security.Cryptography.SHA256.HashData(Message), ProofPayload.HashToken(Token));
    }

    public static ReceivedCall From(HttpRequest request, byte[] body)
    {
        ProofMetadata.TryRead(request.Headers[ProofMetadata.Name], out var proofs, out var fault).ShouldBeTrue(fault?.Expected);
        var authorization = (string?)request.Headers.Authorization;
        return new ReceivedCall(request.Path, body[0], body[5..], authorization?["Bearer ".Length..], proofs!);
    }
}
