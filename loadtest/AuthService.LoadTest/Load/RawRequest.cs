using System.Buffers.Binary;
using Google.Protobuf;

namespace AuthService.LoadTest.Load;

/// <summary>A unary call, laid out beforehand: what a client spends on encoding is not what is measured.</summary>
internal sealed class RawRequest
{
    private const int FrameHeader = 5;

    private RawRequest(string path, byte[] frame, IReadOnlyList<(string Name, string Value)> metadata) => (Path, Frame, Metadata) = (path, frame, metadata);

    public string Path { get; }

    /// <summary>gRPC's length-prefixed message.</summary>
    public byte[] Frame { get; }

    public IReadOnlyList<(string Name, string Value)> Metadata { get; }

    /// <param name="rpc">As in <c>SessionService/ValidateSession</c>.</param>
    /// <param name="message">The request.</param>
    /// <param name="metadata">Lower-case names.</param>
    public static RawRequest Of(string rpc, IMessage message, params IReadOnlyList<(string Name, string Value)> metadata)
    {
        var frame = new byte[FrameHeader + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - FrameHeader);
        message.WriteTo(frame.AsSpan(FrameHeader));
        return new RawRequest($"/authservice.v1.{rpc}", frame, metadata);
    }

    /// <summary>The message of an answer's frame.</summary>
    public static ReadOnlySpan<byte> MessageOf(byte[] frame) => frame.AsSpan(FrameHeader);
}
