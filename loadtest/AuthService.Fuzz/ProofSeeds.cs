using System.Security.Cryptography;
using System.Text;
using AuthService.Hosting.Network;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Fuzz;

/// <summary>Good proofs of the one device, whose key everybody knows: that of RFC 6979 §A.2.5.</summary>
internal static class ProofSeeds
{
    public const string DeviceId = "dev_de_01jz0000000000000000000000";

    /// <summary>SHA-256 of an empty message.</summary>
    public static readonly byte[] MessageHash = SHA256.HashData([]);

    private static readonly ECDsa Private = ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        D = Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"),
    });

    public static readonly DevicePublicKey Key =
        DevicePublicKey.TryParse(Private.ExportSubjectPublicKeyInfo(), out var key) ? key : throw new InvalidOperationException("Not a key.");

    /// <summary>Whether the device signed this, as bare cryptography sees it.</summary>
    public static bool IsSigned(ParsedProof proof, RpcName rpc, string audience) => Private.VerifyData(
        proof.PayloadFor(audience, rpc, MessageHash, default).ToBytes(), proof.Signature.Bytes.Span, HashAlgorithmName.SHA256);

    /// <summary>By time; by a challenge; by a new key beside the old one. As the lines that <see cref="Targets.ProofTarget"/> takes.</summary>
    public static IEnumerable<string> Good(ProofService service)
    {
        var network = new ClientNetwork(Account.Home.Peer!);
        RpcName login = NameOf("/authservice.v1.LoginService/Login"), code = NameOf("/authservice.v1.LoginService/SendStepUpCode"), bind = NameOf("/authservice.v1.DeviceService/BindDevice");
        var answer = new ProofFreshness.ByChallenge(service.Challenges.Create(ChallengePurpose.Login, network).Challenge);
        var binding = new ProofFreshness.ByChallenge(service.Challenges.Create(ChallengePurpose.BindDevice, network).Challenge);

        yield return Encode(new ProofFreshness.ByTime(Account.Now.ToTimestamp(), new byte[ProofLimits.MinJti]), code, DeviceId);
        yield return Encode(answer, login, DeviceId);
        yield return Encode(binding, bind, "") + '\n' + Encode(binding, bind, DeviceId);

        static RpcName NameOf(string path) => RpcName.TryParse(path, out var name) ? name : throw new InvalidOperationException("Not an RPC.");

        string Encode(ProofFreshness freshness, RpcName rpc, string device) => Sign(freshness, rpc, device, service.Deployment.Audience);
    }

    private static string Sign(ProofFreshness freshness, RpcName rpc, string device, string audience)
    {
        var payload = new ProofPayload
        {
            Audience = audience, ServerCertificateHash = default, Rpc = rpc, DeviceId = device, Freshness = freshness,
            MessageHash = MessageHash, TokenHash = default,
        };
        var proof = new DeviceProof
        {
            DeviceId = device, Signature = ByteString.CopyFrom(Private.SignData(payload.ToBytes(), HashAlgorithmName.SHA256)),
        };
        if (freshness is ProofFreshness.ByTime by)
            (proof.IssuedAt, proof.Jti) = (by.IssuedAt, ByteString.CopyFrom(by.Jti.Span));
        else if (freshness is ProofFreshness.ByChallenge answer)
            proof.Challenge = ByteString.CopyFrom(answer.Challenge.Span);
        return Convert.ToBase64String(proof.ToByteArray());
    }
}
