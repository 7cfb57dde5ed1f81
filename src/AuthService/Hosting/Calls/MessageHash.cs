using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace AuthService.Hosting.Calls;

/// <summary>Hashes the bytes of a unary request exactly as they came, and leaves them for gRPC to read.</summary>
/// <remarks>A gRPC message is one byte (compressed or not), four bytes of length, and the message.</remarks>
internal static class MessageHash
{
    private const int HeaderLength = 5;

    public enum Outcome
    {
        Hashed,
        Compressed,
        TooLarge,
        Truncated,
    }

    public static async ValueTask<(Outcome Outcome, byte[] Hash)> ComputeAsync(
        PipeReader body, int maxLength, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var bytes = read.Buffer;
            if (bytes.Length >= HeaderLength)
            {
                var (compressed, length) = ReadHeader(bytes);
                if (compressed || length > maxLength)
                {
                    body.AdvanceTo(bytes.Start);
                    return (compressed ? Outcome.Compressed : Outcome.TooLarge, []);
                }

                if (bytes.Length >= HeaderLength + length)
                {
                    var hash = Hash(bytes.Slice(HeaderLength, length));
                    body.AdvanceTo(bytes.Start);
                    return (Outcome.Hashed, hash);
                }
            }

            body.AdvanceTo(bytes.Start, bytes.End);
            if (read.IsCompleted)
                return (Outcome.Truncated, []);
        }
    }

    private static (bool Compressed, uint Length) ReadHeader(ReadOnlySequence<byte> bytes)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        bytes.Slice(0, HeaderLength).CopyTo(header);
        return (header[0] != 0, BinaryPrimitives.ReadUInt32BigEndian(header[1..]));
    }

    private static byte[] Hash(ReadOnlySequence<byte> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var segment in message)
            hash.AppendData(segment.Span);
        return hash.GetHashAndReset();
    }
}
