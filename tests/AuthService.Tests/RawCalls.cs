using AuthService.Protocol;
using Grpc.Core;

namespace AuthService.Tests;

/// <summary>Calls any RPC with any bytes, as somebody would who has no generated code.</summary>
public static class RawCalls
{
    private static readonly Marshaller<byte[]> AsIs = Marshallers.Create(bytes => bytes, bytes => bytes);

    public static AsyncUnaryCall<byte[]> CallAsync(this TestService service, RpcName rpc, byte[] message, Metadata? metadata = null)
    {
        var (name, method) = Split(rpc);
        return service.Channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, name, method, AsIs, AsIs), null, new CallOptions(metadata), message);
    }

    /// <summary>Waits for the first answer only: of a stream, which may never end, too.</summary>
    public static async Task BeginAsync(this TestService service, RpcName rpc, byte[] message, Metadata? metadata = null)
    {
        var (name, method) = Split(rpc);
        using var call = service.Channel.CreateCallInvoker().AsyncServerStreamingCall(
            new Method<byte[], byte[]>(MethodType.ServerStreaming, name, method, AsIs, AsIs), null, new CallOptions(metadata), message);
        await call.ResponseStream.MoveNext(CancellationToken.None);
    }

    private static (string Service, string Method) Split(RpcName rpc) =>
        rpc.Value[1..].Split('/') is [var first, var second] ? (first, second) : throw new ArgumentException("No RPC.", nameof(rpc));
}
