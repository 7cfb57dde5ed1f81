using AuthService.Client.Connections;
using Google.Protobuf;
using Grpc.Core;

namespace AuthService.Client.Calls;

/// <summary>
/// Calls with the caller's token and proofs. An interceptor would see messages, and what a proof signs is bytes: so the
/// request is serialised here, once, and these very bytes are hashed and sent.
/// </summary>
internal sealed class ProvingCallInvoker(ServerConnections connections, ProofMaker proofs, CallerSource callers) : CallInvoker
{
    private static readonly Marshaller<byte[]> AsIs = Marshallers.Create(bytes => bytes, bytes => bytes);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var ofBytes = new Method<byte[], TResponse>(method.Type, method.ServiceName, method.Name, AsIs, method.ResponseMarshaller);
        var message = ((IMessage)request).ToByteArray();
        var call = new ProvenCall<TResponse>(connections, proofs, callers, ofBytes, options, message);
        var response = call.RunAsync();
        return new AsyncUnaryCall<TResponse>(
            response, _ => call.HeadersAsync(response), _ => call.Status, _ => call.Trailers, _ => call.End(), call);
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException("Keys and refreshes are asynchronous: call the Async method.");

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw NoStreams();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw NoStreams();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw NoStreams();

    private static NotSupportedException NoStreams() =>
        new("No RPC for end users is a stream: a proof covers one message, hashed before it is sent.");
}
