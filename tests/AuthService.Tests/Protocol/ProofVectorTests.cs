using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AuthService.Protocol;
using AuthService.Protocol.Proofs;
using AuthService.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AuthService.Tests.Protocol;

/// <summary>docs/proof-vectors.json, from C#. examples/clients checks the same file from Node and Python.</summary>
public sealed class ProofVectorTests
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "proof-vectors.json")))!;

    public static TheoryData<string> Proofs => NamesOf("proofs");

    public static TheoryData<string> Keys => NamesOf("keys");

    [Theory]
    [MemberData(nameof(Proofs))]
    public void A_proof_has_the_outcome_that_its_vector_states(string name)
    {
        var vector = Find("proofs", name);

        var outcome = OutcomeOf(vector);

        outcome.ShouldBe(Text(vector["outcome"]));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_public_key_is_taken_in_its_one_encoding_and_named_by_its_thumbprint(string name)
    {
        var vector = Find("keys", name);

        var thumbprint = DevicePublicKey.TryParse(Hex(vector["spki"]), out var key) ? key.Thumbprint : null;

        thumbprint.ShouldBe((string?)vector["thumbprint"]);
    }

    private static string OutcomeOf(JsonNode vector)
    {
        var call = vector["call"]!;
        if (!ParsedProof.TryParse(ProofOf(vector["proof"]!), out var proof, out _))
            return "malformed";

        RpcName.TryParse(Text(call["rpc"]), out var rpc).ShouldBeTrue();
        var payload = proof.PayloadFor(
            Text(call["audience"]), rpc, SHA256.HashData(Hex(call["message"])), ProofPayload.HashToken(Text(call["token"])));
        Convert.ToHexStringLower(payload.ToBytes()).ShouldBe(Text(vector["signed_bytes"]));
        if (!proof.ServerCertificateHash.Span.SequenceEqual(Hex(call["server_certificate_sha256"])))
            return "refused";

        DevicePublicKey.TryParse(Hex(vector["public_key"]), out var key).ShouldBeTrue();
        return proof.Signature.IsBy(key!, payload) ? "accepted" : "refused";
    }

    private static DeviceProof ProofOf(JsonNode proof) => new()
    {
        DeviceId = Text(proof["device_id"]),
        Challenge = ByteString.CopyFrom(Hex(proof["challenge"])),
        IssuedAt = proof["issued_at"] is { } time
            ? new Timestamp { Seconds = (long)time["seconds"]!, Nanos = (int)time["nanos"]! }
            : null,
        Jti = ByteString.CopyFrom(Hex(proof["jti"])),
        ServerCertificateSha256 = ByteString.CopyFrom(Hex(proof["server_certificate_sha256"])),
        Signature = ByteString.CopyFrom(Hex(proof["signature"])),
    };

    private static TheoryData<string> NamesOf(string list) => [.. Document[list]!.AsArray().Select(vector => Text(vector!["name"]))];

    private static JsonNode Find(string list, string name) =>
        Document[list]!.AsArray().Single(vector => Text(vector!["name"]) == name)!;

    private static string Text(JsonNode? node) => (string)node!;

    private static byte[] Hex(JsonNode? node) => Convert.FromHexString(Text(node));
}
