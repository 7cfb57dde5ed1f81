using System.Security.Cryptography;
using AuthService.Client.Keys;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace AuthService.Tests;

/// <summary>A proof in the making, every part of which a test can get wrong.</summary>
public sealed record TestProof(SoftwareDeviceKey Key, RpcName Rpc, IMessage Request, DateTimeOffset Now)
{
    public string DeviceId { get; init; } = "";
    public string? Token { get; init; }
    public string Audience { get; init; } = "authservice/de";
    public ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>Empty: by time.</summary>
    public ReadOnlyMemory<byte> Challenge { get; init; }

    public ReadOnlyMemory<byte> Jti { get; init; } = RandomNumberGenerator.GetBytes(16);

    /// <summary>Last word on what is sent, after it was signed.</summary>
    public Action<DeviceProof>? Change { get; init; }

    public static RpcName NameOf(ServiceDescriptor service, string rpc) => RpcName.Of(service.FindMethodByName(rpc));

    public async Task<DeviceProof> SignAsync()
    {
        ProofFreshness freshness = Challenge.Length > 0
            ? new ProofFreshness.ByChallenge(Challenge)
            : new ProofFreshness.ByTime(Now.ToTimestamp(), Jti);
        var payload = new ProofPayload
        {
            Audience = Audience,
            ServerCertificateHash = Certificate,
            Rpc = Rpc,
            DeviceId = DeviceId,
            Freshness = freshness,
            MessageHash = SHA256.HashData(Request.ToByteArray()),
            TokenHash = ProofPayload.HashToken(Token),
        };
        var signature = await Key.SignAsync(payload.ToBytes(), CancellationToken.None);
        var proof = new DeviceProof
        {
            DeviceId = DeviceId,
            ServerCertificateSha256 = ByteString.CopyFrom(Certificate.Span),
            Signature = ByteString.CopyFrom(signature.Bytes.Span),
        };
        if (Challenge.Length > 0)
            proof.Challenge = ByteString.CopyFrom(Challenge.Span);
        else
            (proof.IssuedAt, proof.Jti) = (Now.ToTimestamp(), ByteString.CopyFrom(Jti.Span));
        Change?.Invoke(proof);
        return proof;
    }

    /// <summary>The metadata of a call with this proof and its token.</summary>
    public async Task<Metadata> ToMetadataAsync()
    {
        var metadata = new Metadata { { ProofMetadata.Name, (await SignAsync()).ToByteArray() } };
        if (Token is not null)
            metadata.Add("authorization", $"Bearer {Token}");
        return metadata;
    }
}
