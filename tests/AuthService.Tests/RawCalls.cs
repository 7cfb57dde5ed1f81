using AuthService.Protocol;
using Grpc.Core;

namespace AuthService.Tests;

/// <summary>Calls any RPC with any bytes, as somebody would who has no generated code.</summary>
public static class RawCalls
{
    private static readonly Marshaller<byte[]> AsIs = Marshallers.Create(bytes => bytes, bytes => bytes);

    public static AsyncUnaryCall<byte[]> CallAsync(this TestService service, RpcName rpc, byte[] message, Metadata? metadata = null)
    {
        var (name, method) = rpc.Value[1..].Split('/') is [var first, var second] ? (first, second) : throw new ArgumentException("No RPC.", nameof(rpc));
        return service.Channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, name, method, AsIs, AsIs), null, new CallOptions(metadata), message);
    }
}
