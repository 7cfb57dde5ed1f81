using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AuthService.Protocol.Proofs;

/// <summary>
/// What a proof signs. docs/proof.md draws it:
/// <code>
/// "authservice/proof/1"                                                      19 bytes, no length
/// then nine fields, each: length, u32 big-endian ‖ bytes
///   1 audience         UTF-8                       6 issued_at   seconds i64 ‖ nanoseconds u32, big-endian; or empty
///   2 certificate      SHA-256, or empty           7 jti         16 to 32 bytes; or empty
///   3 rpc              "/package.Service/Method"   8 message     SHA-256
///   4 device_id        UTF-8, or empty             9 token       SHA-256, or empty
///   5 challenge        1 to 256 bytes; or empty
/// </code>
/// All nine are always there, so that a field is known by its place: a challenge is never empty, nor is a jti, so the two
/// kinds of freshness cannot be taken for each other.
/// </summary>
public sealed record ProofPayload
{
    private const int Fields = 9;
    private const int TimeLength = sizeof(long) + sizeof(uint);

    /// <summary>The name of the deployment and region that the proof is meant for, as configured on both sides.</summary>
    public required string Audience { get; init; }

    /// <summary>SHA-256 of the server's certificate (RFC 5929 <c>tls-server-end-point</c>); empty only on loopback.</summary>
    public required ReadOnlyMemory<byte> ServerCertificateHash { get; init; }

    /// <summary>The RPC called.</summary>
    public required RpcName Rpc { get; init; }

    /// <summary>The bound device; empty for the new key of BindDevice.</summary>
    public required string DeviceId { get; init; }

    public required ProofFreshness Freshness { get; init; }

    /// <summary>SHA-256 of the request message exactly as sent, without gRPC's five bytes before it.</summary>
    public required ReadOnlyMemory<byte> MessageHash { get; init; }

    /// <summary>From <see cref="HashToken"/>.</summary>
    public required ReadOnlyMemory<byte> TokenHash { get; init; }

    private static ReadOnlySpan<byte> Label => "authservice/proof/1"u8;

    /// <summary>SHA-256 of the bearer token in <c>authorization</c>, without its scheme; empty if the call has none.</summary>
    public static ReadOnlyMemory<byte> HashToken(string? bearerToken) =>
        string.IsNullOrEmpty(bearerToken) ? default : SHA256.HashData(Encoding.UTF8.GetBytes(bearerToken));

    /// <summary>The bytes to sign, or to verify a signature over.</summary>
    public byte[] ToBytes()
    {
        var (challenge, time, jti) = Freshness switch
        {
            ProofFreshness.ByChallenge by => (by.Challenge, default, default),
            ProofFreshness.ByTime by => (default(ReadOnlyMemory<byte>), TimeOf(by), by.Jti),
            _ => throw new InvalidOperationException("Not a freshness that the format knows."),
        };
        ReadOnlySpan<ReadOnlyMemory<byte>> fields =
        [
            Encoding.UTF8.GetBytes(Audience), ServerCertificateHash, Encoding.UTF8.GetBytes(Rpc.Value),
            Encoding.UTF8.GetBytes(DeviceId), challenge, time, jti, MessageHash, TokenHash,
        ];

        var length = Label.Length + Fields * sizeof(uint);
        foreach (var field in fields)
            length += field.Length;

        var bytes = new byte[length];
        Label.CopyTo(bytes);
        var rest = bytes.AsSpan(Label.Length);
        foreach (var field in fields)
        {
            BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)field.Length);
            field.Span.CopyTo(rest[sizeof(uint)..]);
            rest = rest[(sizeof(uint) + field.Length)..];
        }

        return bytes;
    }

    private static ReadOnlyMemory<byte> TimeOf(ProofFreshness.ByTime by)
    {
        var bytes = new byte[TimeLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, by.IssuedAt.Seconds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(sizeof(long)), (uint)by.IssuedAt.Nanos);
        return bytes;
    }
}
