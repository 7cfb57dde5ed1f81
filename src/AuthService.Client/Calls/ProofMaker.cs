using System.Security.Cryptography;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace AuthService.Client.Calls;

/// <summary>Makes proofs: docs/proof.md, from the app's side.</summary>
internal sealed class ProofMaker(string audience, TimeProvider clock)
{
    /// <summary>Fresh by the app's own clock, at the cost of no round trip.</summary>
    public ProofFreshness ByTime() => new ProofFreshness.ByTime(
        Timestamp.FromDateTimeOffset(clock.GetUtcNow()), RandomNumberGenerator.GetBytes(ProofLimits.MinJti));

    /// <param name="prover">Who signs.</param>
    /// <param name="rpc">What is called.</param>
    /// <param name="message">The request, exactly as it will be sent.</param>
    /// <param name="token">The bearer token that goes with it, or null.</param>
    /// <param name="certificateHash">Of the server that it will be sent to.</param>
    /// <param name="freshness">A challenge, or <see cref="ByTime"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the key.</param>
    public async ValueTask<Metadata.Entry> MakeAsync(
        Prover prover,
        RpcName rpc,
        byte[] message,
        string? token,
        ReadOnlyMemory<byte> certificateHash,
        ProofFreshness freshness,
        CancellationToken cancellationToken)
    {
        var payload = new ProofPayload
        {
            Audience = audience,
            ServerCertificateHash = certificateHash,
            Rpc = rpc,
            DeviceId = prover.DeviceId,
            Freshness = freshness,
            MessageHash = SHA256.HashData(message),
            TokenHash = ProofPayload.HashToken(token),
        };
        var signature = await prover.Key.SignAsync(payload.ToBytes(), cancellationToken);

        var proof = new DeviceProof
        {
            DeviceId = prover.DeviceId,
            ServerCertificateSha256 = ByteString.CopyFrom(certificateHash.Span),
            Signature = ByteString.CopyFrom(signature.Bytes.Span),
        };
        switch (freshness)
        {
            case ProofFreshness.ByChallenge by:
                proof.Challenge = ByteString.CopyFrom(by.Challenge.Span);
                break;
            case ProofFreshness.ByTime by:
                proof.IssuedAt = by.IssuedAt;
                proof.Jti = ByteString.CopyFrom(by.Jti.Span);
                break;
        }

        return new Metadata.Entry(ProofMetadata.Name, proof.ToByteArray());
    }
}
