using System.Security.Cryptography;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;

namespace AuthService.Benchmarks;

/// <summary>A device's proof from its metadata to its verdict, beside the bare ECDSA verification with a key kept open.</summary>
public class ProofBenchmarks
{
    private const string Audience = "authservice/de";
    private readonly ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] message = SHA256.HashData("a request"u8);
    private readonly byte[] token = SHA256.HashData("a token"u8);
    private RpcName rpc;
    private DevicePublicKey key = null!;
    private byte[] spki = [];
    private byte[] signed = [];
    private byte[] signature = [];
    private string?[] metadata = [];

    [GlobalSetup]
    public void Setup()
    {
        spki = ecdsa.ExportSubjectPublicKeyInfo();
        var proof = new DeviceProof
        {
            DeviceId = "dev_de_1", Challenge = ByteString.CopyFrom(new byte[82]), ServerCertificateSha256 = ByteString.CopyFrom(new byte[32]),
            Signature = ByteString.CopyFrom(new byte[64]),
        };
        if (!RpcName.TryParse("/authservice.v1.LoginService/Login", out rpc) || !DevicePublicKey.TryParse(spki, out key!)
            || !ParsedProof.TryParse(proof, out var parsed, out _))
        {
            throw new InvalidOperationException("The proof does not parse.");
        }

        signed = parsed.PayloadFor(Audience, rpc, message, token).ToBytes();
        signature = ecdsa.SignData(signed, HashAlgorithmName.SHA256);
        proof.Signature = ByteString.CopyFrom(signature);
        metadata = [proof.ToByteString().ToBase64()];
        if (!Proof())
            throw new InvalidOperationException("The proof does not verify.");
    }

    [Benchmark(Baseline = true, Description = "bare ECDSA verification")]
    public bool BareEcdsa() => ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256);

    [Benchmark(Description = "metadata to verdict")]
    public bool Proof() =>
        ProofMetadata.TryRead(metadata, out var proofs, out _)
        && proofs[0].Signature.IsBy(key, proofs[0].PayloadFor(Audience, rpc, message, token));

    [Benchmark(Description = "the same, its key parsed from the database")]
    public bool ProofWithKey() =>
        DevicePublicKey.TryParse(spki, out var parsed)
        && ProofMetadata.TryRead(metadata, out var proofs, out _)
        && proofs[0].Signature.IsBy(parsed, proofs[0].PayloadFor(Audience, rpc, message, token));
}
